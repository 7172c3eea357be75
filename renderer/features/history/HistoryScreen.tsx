import clsx from 'clsx';
import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useHistoryListStore } from '../../store/historyListStore';
import { useImportStore } from '../../store/importStore';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorNote } from '../../ui/ErrorNote';
import { HistoryIcon, ImportIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import { SampleRun } from '../run/SampleRun';
import { HistoryFilter } from './HistoryFilter';
import { HistorySelection } from './HistorySelection';
import { HistoryTable } from './HistoryTable';
import styles from './history.module.css';
import { ImportOutcome } from './ImportOutcome';
import { OpenedRun } from './OpenedRun';
import { RunPreview } from './RunPreview';
import { TrendChart } from './TrendChart';

function NothingYet() {
  const show = useScreenStore((state) => state.show);
  return (
    <EmptyState icon={HistoryIcon} sentence="No runs yet. Start one, or drop result files of other tools here.">
      <Button onClick={() => show('run')}>Go to Run</Button>
      <SampleRun />
    </EmptyState>
  );
}

function NoMatches() {
  return (
    <EmptyState icon={HistoryIcon} sentence="No matches.">
      <Button onClick={() => void useHistoryListStore.getState().replaceFilter({})}>Show all runs</Button>
    </EmptyState>
  );
}

/** The list with a preview of the run that was pressed in it, at first the newest. */
function ListWithPreview() {
  const shown = useHistoryListStore(({ rows, previewed }) => {
    const loaded = [...rows.values()];
    return loaded.find(({ id }) => id === previewed) ?? rows.get(0);
  });
  return (
    <div className={styles.listWithPreview}>
      <HistoryTable previewed={shown?.id} />
      {shown && <RunPreview run={shown} />}
    </div>
  );
}

/** All saved runs: search, filter, tag, delete and open them. */
export function HistoryScreen() {
  const opened = useOpenedRunStore((state) => state.opened);
  const openError = useOpenedRunStore((state) => state.error);
  const recentError = useRecentRunsStore((state) => state.error);
  const otherError = openError ?? recentError;
  const { total, filter, error } = useHistoryListStore(
    useShallow(({ total, filter, error }) => ({ total, filter, error })),
  );
  const isOpened = opened !== undefined;
  // Also when a run is closed, because its name and tags may have changed.
  useEffect(() => {
    if (!isOpened) void useHistoryListStore.getState().refresh();
  }, [isOpened]);
  if (opened) return <OpenedRun opened={opened} />;
  const isEmpty = total === 0 && Object.keys(filter).length === 0;
  return (
    <section className={clsx(shared.screen, styles.historyList)} aria-label="History">
      <div className={shared.toolbar}>
        <h1>History</h1>
        <Button icon={ImportIcon} onClick={() => void useImportStore.getState().choose()}>
          Import …
        </Button>
      </div>
      <ImportOutcome />
      {error && <ErrorNote error={error} />}
      {otherError && <ErrorNote error={otherError} />}
      <HistorySelection />
      {isEmpty && <NothingYet />}
      {total !== undefined && !isEmpty && (
        <>
          <HistoryFilter />
          <TrendChart />
          {total === 0 ? <NoMatches /> : <ListWithPreview />}
        </>
      )}
    </section>
  );
}
