import type { HistoryStore } from '../history/historyStore';
import { finishAbandonedRuns } from '../run/recoverRuns';

/**
 * What is due when a history has been opened: finishes the runs that killed processes have left, and forgets those that
 * were deleted for good. The work folder was swept before, or is swept by the caller. Returns the ids of the finished
 * runs.
 */
export function tidyHistory(history: HistoryStore, workFolder: string, now: Date): string[] {
  const finished = finishAbandonedRuns(history, workFolder);
  history.edits.purge(now);
  return finished;
}
