import { useEffect } from 'react';
import { useHistoryListStore } from '../../store/historyListStore';
import { useHistoryStore } from '../../store/historyStore';
import { useScreenStore } from '../../store/screenStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { RunReport } from '../run/RunReport';
import { HistoryFilter } from './HistoryFilter';
import { HistorySelection } from './HistorySelection';
import { HistoryTable } from './HistoryTable';
import { RunNotes } from './RunNotes';
import { TrendChart } from './TrendChart';

function OpenedRun() {
  const opened = useHistoryStore((state) => state.opened);
  const summary = useHistoryStore((state) => state.summary);
  const close = useHistoryStore((state) => state.close);
  if (!opened) return null;
  return (
    <section className="history-screen" aria-label="Saved run">
      <button type="button" className="link" onClick={close}>
        ← All runs
      </button>
      {summary && <RunNotes key={summary.id} run={summary} />}
      <RunReport view={opened} />
    </section>
  );
}

function NothingYet() {
  const show = useScreenStore((state) => state.show);
  return (
    <div className="empty">
      <p>No run has been saved yet.</p>
      <button type="button" className="button" onClick={() => show('run')}>
        Go to Run
      </button>
    </div>
  );
}

/** All runs that were kept: searched, filtered, tagged, deleted, and each opened again. */
export function HistoryScreen() {
  const opened = useHistoryStore((state) => state.opened);
  const openError = useHistoryStore((state) => state.error);
  const { total, filter, error } = useHistoryListStore();
  const isOpened = opened !== undefined;
  // Also when a run is closed again: its name and tags may be others now.
  useEffect(() => {
    if (!isOpened) void useHistoryListStore.getState().refresh();
  }, [isOpened]);
  if (opened) return <OpenedRun />;
  const isEmpty = total === 0 && Object.keys(filter).length === 0;
  return (
    <section className="history-screen history-list" aria-label="History">
      <h1>History</h1>
      {error && <ErrorNote error={error} />}
      {openError && <ErrorNote error={openError} />}
      <HistorySelection />
      {isEmpty && <NothingYet />}
      {total !== undefined && !isEmpty && (
        <>
          <HistoryFilter />
          <TrendChart />
          <HistoryTable />
        </>
      )}
    </section>
  );
}
