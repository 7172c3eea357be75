import { dataFolder, workFolder } from '../../app/dataFolder';
import type { HistoryStore } from '../../history/historyStore';
import { openHistory } from '../../history/openHistory';
import { recoverRuns } from '../../run/recoverRuns';

/** Opens the history of a data folder for some work, with the runs that were left behind recovered. Throws as openHistory does. */
export async function withHistory<T>(
  override: string | undefined,
  use: (history: HistoryStore) => T | Promise<T>,
): Promise<T> {
  const folder = dataFolder(override);
  const history = openHistory(folder);
  try {
    recoverRuns(history, workFolder(folder));
    history.edits.purge(new Date());
    return await use(history);
  } finally {
    history.close();
  }
}
