import type { HistoryStore } from '../history/historyStore';
import { recoverRuns } from '../run/recoverRuns';
import { workFolder } from './dataFolder';

/**
 * What is due when a history has been opened: finishes the runs that killed processes have left, and forgets those that
 * were deleted for good. Returns the ids of the finished ones.
 */
export function tidyHistory(history: HistoryStore, dataFolder: string, now: Date): string[] {
  const recovered = recoverRuns(history, workFolder(dataFolder));
  history.edits.purge(now);
  return recovered;
}
