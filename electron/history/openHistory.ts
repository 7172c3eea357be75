import { accessSync, constants, existsSync } from 'node:fs';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { openDatabase } from '../sqlite/openDatabase';
import { deniedFile } from '../system/deniedFile';
import { closeDataFolder, makePrivateFolder } from '../system/privateFiles';
import { printToStderr } from '../system/terminal';
import { isDamage } from './damage';
import { keepShrinkable } from './freePages';
import { HistoryStore } from './historyStore';
import { migrate } from './migrations';
import { describeRepair, finishRepair, isRepairInterrupted, type Repair, repairHistory } from './repairHistory';
import { historyFile, isRepairRequested, takeRepairRequest } from './storeFiles';
import { historyInUse, StoreLock } from './storeLock';

/** How long a write waits for the transaction of another process. */
const busyTimeoutMs = 5_000;
/** How long a repair waits for other processes that found the same damage to close the store. */
const takeOverPatienceMs = 2_000;

function unusable(folder: string, cause: unknown): ProofloadError {
  return new ProofloadError(
    'data-folder-unusable',
    `the data folder ${folder} cannot be used: ${errorMessage(cause)}`,
    'make it writable, free space on its disk, or choose another',
    { cause, details: { about: 'data-folder' } },
  );
}

function openStore(dataFolder: string, onClose?: () => void): HistoryStore {
  const database = openDatabase(historyFile(dataFolder));
  try {
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
    keepShrinkable(database);
    database.pragma('journal_mode = WAL');
    // What was reported as saved survives a power failure; see HistoryStore.append for the seconds of a run.
    database.pragma('synchronous = FULL');
    // On macOS only this setting flushes the cache of the disk as well.
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    migrate(database);
    return new HistoryStore(database, onClose);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the store under its lock. Returns undefined, and releases the lock, when damage keeps it from opening. */
function openShared(dataFolder: string, lock: StoreLock): HistoryStore | undefined {
  if (!lock.share()) throw historyInUse(dataFolder, 'is being repaired');
  try {
    return openStore(dataFolder, () => lock.close());
  } catch (error) {
    if (!isDamage(error)) throw error;
    lock.release();
    return undefined;
  }
}

/** Whether damage keeps a store from opening. Another process may have repaired it meanwhile. */
function isDamaged(dataFolder: string): boolean {
  try {
    openStore(dataFolder).close();
    return false;
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}

function openLocked(dataFolder: string, lock: StoreLock, onRepair: (repair: Repair) => void): HistoryStore {
  const repair = (): void => onRepair(repairHistory(dataFolder, new Date()));
  // An interrupted repair may have left no history in place; opening it now would create an empty one.
  if (isRepairInterrupted(dataFolder))
    lock.alone(() => {
      if (isRepairInterrupted(dataFolder)) finishRepair(dataFolder, new Date());
    }, takeOverPatienceMs);
  if (isRepairRequested(dataFolder))
    lock.alone(() => {
      if (takeRepairRequest(dataFolder)) repair();
    });
  const store = openShared(dataFolder, lock);
  if (store) return store;
  const isAlone = lock.alone(() => {
    if (isDamaged(dataFolder)) repair();
  }, takeOverPatienceMs);
  const repaired = isAlone ? openShared(dataFolder, lock) : undefined;
  if (repaired) return repaired;
  throw historyInUse(dataFolder, 'is damaged');
}

/** Reports a repair when the caller passed no handler: no program of ours repairs a history silently. */
function sayOnStderr(repair: Repair): void {
  printToStderr(`${describeRepair(repair)}\n`);
}

/**
 * Opens the history of a data folder, and creates both, readable by the user alone, when they are missing. Sets a store
 * aside that is too damaged to open, puts what can be read of it into a new one, and calls `onRepair`. It does the same
 * when a repair was requested (storeFiles.ts), unless another process has the store open; the request then stays.
 * Throws `data-folder-unusable`, `history-unreadable` for a store of a newer version, and `history-in-use` for a
 * damaged one that another process has open, which may be writing a run.
 */
export function openHistory(dataFolder: string, onRepair: (repair: Repair) => void = sayOnStderr): HistoryStore {
  try {
    makePrivateFolder(dataFolder);
    accessSync(dataFolder, constants.W_OK);
    const isFirst = !existsSync(historyFile(dataFolder));
    const lock = new StoreLock(dataFolder);
    try {
      const history = openLocked(dataFolder, lock, onRepair);
      // From now on the folder is known as a data folder, so older files in it must be private too.
      if (isFirst) closeDataFolder(dataFolder);
      return history;
    } catch (error) {
      lock.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    throw deniedFile(historyFile(dataFolder), error) ?? unusable(dataFolder, error);
  }
}

/** Returns why {@link openHistory} has not made a requested repair; undefined when none is pending. */
export function postponedRepair(dataFolder: string): ProofloadError | undefined {
  return isRepairRequested(dataFolder) ? historyInUse(dataFolder, 'is to be repaired') : undefined;
}
