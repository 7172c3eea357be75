import { accessSync, constants } from 'node:fs';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { openDatabase } from '../sqlite/openDatabase';
import { makePrivateFolder } from '../system/privateFiles';
import { isDamage } from './damage';
import { HistoryStore } from './historyStore';
import { migrate } from './migrations';
import { type Repair, repairHistory } from './repairHistory';
import { historyFile, takeRepairRequest } from './storeFiles';

/** How long a write waits for another process's transaction. */
const busyTimeoutMs = 5_000;

function unusable(folder: string, cause: unknown): ProofloadError {
  return new ProofloadError(
    'data-folder-unusable',
    `the data folder ${folder} cannot be used: ${errorMessage(cause)}`,
    'make it writable, free space on its disk, or choose another with --data-dir or PROOFLOAD_DATA_DIR',
    { cause },
  );
}

function openStore(dataFolder: string): HistoryStore {
  const database = openDatabase(historyFile(dataFolder));
  try {
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    migrate(database);
    return new HistoryStore(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the history of a data folder, and makes both if they are not there, for the user alone. A store that is so damaged that it can't be
 * opened is set aside, and what can be read of it is in the new one; `onRepair` hears of that. Throws
 * `data-folder-unusable`, or `history-unreadable` for a store of a newer version.
 */
export function openHistory(dataFolder: string, onRepair: (repair: Repair) => void = () => {}): HistoryStore {
  try {
    makePrivateFolder(dataFolder);
    accessSync(dataFolder, constants.W_OK);
    if (takeRepairRequest(dataFolder)) onRepair(repairHistory(dataFolder, new Date()));
    try {
      return openStore(dataFolder);
    } catch (error) {
      if (!isDamage(error)) throw error;
      onRepair(repairHistory(dataFolder, new Date()));
      return openStore(dataFolder);
    }
  } catch (error) {
    throw error instanceof ProofloadError ? error : unusable(dataFolder, error);
  }
}
