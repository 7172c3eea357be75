import type { RunEvent } from '../../shared/run/events';
import { api } from '../api/client';
import { useHistoryListStore } from '../store/historyListStore';
import { useImportStore } from '../store/importStore';
import { useIntegrityStore } from '../store/integrityStore';
import { useOptionsStore } from '../store/optionsStore';
import { useRecentRunsStore } from '../store/recentRunsStore';
import { useRunStore } from '../store/runStore';

/**
 * The only place where events of the main process become store actions. Events that arrive together are applied
 * together before the next frame. With four ticks a second, that is at most four commits.
 */
export function connectEvents(): void {
  let queue: RunEvent[] = [];
  const flush = (): void => {
    const events = queue;
    queue = [];
    useRunStore.getState().apply(events);
    if (!events.some(({ type }) => type === 'finished')) return;
    void useRecentRunsStore.getState().refresh();
    void useHistoryListStore.getState().refresh();
  };
  api.onConformance((progress) => useIntegrityStore.getState().noteProgress(progress));
  api.onExperiment((progress) => useOptionsStore.getState().noteProgress(progress));
  api.onImport((progress) => useImportStore.getState().noteProgress(progress));
  api.onRunEvent((event) => {
    if (queue.length === 0) requestAnimationFrame(flush);
    queue.push(event);
  });
}
