import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { openDatabase } from '../sqlite/openDatabase';
import { HistoryStore } from './historyStore';
import { migrate } from './migrations';

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

/** Makes a folder and its parents. Node's own `recursive` option never returns on file systems such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/**
 * Opens the history of a data folder, and makes both if they are not there. Throws `data-folder-unusable`, or
 * `history-unreadable` for a store of a newer version.
 */
export function openHistory(dataFolder: string): HistoryStore {
  try {
    makeFolder(dataFolder);
    accessSync(dataFolder, constants.W_OK);
    const database = openDatabase(join(dataFolder, 'history.sqlite'));
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
  } catch (error) {
    throw error instanceof ProofloadError ? error : unusable(dataFolder, error);
  }
}
