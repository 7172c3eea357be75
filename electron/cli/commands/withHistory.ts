import { dataFolder, workFolder } from '../../app/dataFolder';
import { tidyHistory } from '../../app/tidyHistory';
import type { HistoryStore } from '../../history/historyStore';
import { openHistory } from '../../history/openHistory';
import { sweepWork } from '../../run/ownedWork';

/**
 * Opens the history of a data folder for some work, after it recovered the runs that were left behind. Throws as
 * openHistory does.
 */
export async function withHistory<T>(
  override: string | undefined,
  use: (history: HistoryStore) => T | Promise<T>,
): Promise<T> {
  const folder = dataFolder(override);
  const history = openHistory(folder);
  try {
    tidyHistory(history, workFolder(folder), new Date());
    sweepWork(workFolder(folder));
    return await use(history);
  } finally {
    history.close();
  }
}
