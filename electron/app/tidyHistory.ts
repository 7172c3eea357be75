import type { HistoryStore } from '../history/historyStore';
import { finishAbandonedRuns } from '../run/recoverRuns';

/**
 * Work that is due when a history has been opened: recovers runs that killed processes left behind, and purges deleted
 * runs. The work folder was swept before, or the caller sweeps it. Returns the ids of the recovered runs.
 */
export function tidyHistory(history: HistoryStore, workFolder: string, now: Date): string[] {
  const finished = finishAbandonedRuns(history, workFolder);
  history.edits.purge(now);
  return finished;
}
