import { dataFolder, workFolder } from '../../app/dataFolder';
import { tidyHistory } from '../../app/tidyHistory';
import type { HistoryStore } from '../../history/historyStore';
import { openHistory } from '../../history/openHistory';
import { sweepWork } from '../../run/ownedWork';
import { sayRecovered } from '../sayRecovered';

/**
 * Opens the history of a data folder for work that needs nothing else, after it recovered the runs that were left
 * behind. It connects to no server, so databases that killed runs have left there stay for a command that runs
 * something (withServices.ts). Throws as openHistory does.
 */
export async function withHistory<T>(
  override: string | undefined,
  use: (history: HistoryStore) => T | Promise<T>,
): Promise<T> {
  const folder = dataFolder(override);
  const history = openHistory(folder);
  try {
    sayRecovered(tidyHistory(history, workFolder(folder), new Date()));
    sweepWork(workFolder(folder));
    return await use(history);
  } finally {
    history.close();
  }
}
