import { useEffect } from 'react';
import { useHistoryStore } from '../../store/historyStore';
import { useScreenStore } from '../../store/screenStore';
import { ErrorNote } from '../../ui/ErrorNote';
import { RunReport } from '../run/RunReport';
import { HistoryTable } from './HistoryTable';

export function HistoryScreen() {
  const runs = useHistoryStore((state) => state.runs);
  const opened = useHistoryStore((state) => state.opened);
  const error = useHistoryStore((state) => state.error);
  const close = useHistoryStore((state) => state.close);
  const show = useScreenStore((state) => state.show);
  useEffect(() => {
    void useHistoryStore.getState().refresh();
  }, []);

  if (opened) {
    return (
      <section className="history-screen" aria-label="Saved run">
        <button type="button" className="link" onClick={close}>
          ← All runs
        </button>
        <RunReport view={opened} />
      </section>
    );
  }
  return (
    <section className="history-screen" aria-label="History">
      <h1>History</h1>
      {error && <ErrorNote error={error} />}
      {runs?.length === 0 && (
        <div className="empty">
          <p>No run has been saved yet.</p>
          <button type="button" className="button" onClick={() => show('run')}>
            Go to Run
          </button>
        </div>
      )}
      {runs && runs.length > 0 && <HistoryTable runs={runs} />}
    </section>
  );
}
