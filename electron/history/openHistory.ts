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

/** How long a write waits for another process's transaction. */
const busyTimeoutMs = 5_000;
/** How long a repair waits for others that have just found the same damage, and let go of the store. */
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
    // What is said to be saved survives a power cut; for the seconds of a run see HistoryStore.append.
    database.pragma('synchronous = FULL');
    // On macOS only this empties the cache of the disk as well.
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    migrate(database);
    return new HistoryStore(database, onClose);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the store under its lock; undefined when it is so damaged that it can't be opened, and the lock is let go then. */
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

/** Whether a store can't be opened, for the damage that is done to it. Another start may have repaired it meanwhile. */
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
  // Without it there may be no history at this moment, and an empty one would be begun.
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

/** Tells of a repair where nobody has said how to tell: no program of ours repairs a history without a word. */
function sayOnStderr(repair: Repair): void {
  printToStderr(`${describeRepair(repair)}\n`);
}

/**
 * Opens the history of a data folder, and makes both if they are not there, for the user alone. A store that is so
 * damaged that it can't be opened is set aside, and what can be read of it is in the new one; `onRepair` hears of that.
 * So is one whose repair was asked for (storeFiles.ts), unless another process has it open: then the request stands. Throws `data-folder-unusable`,
 * `history-unreadable` for a store of a newer version, and `history-in-use` for a damaged one that another process has
 * open: it may be writing a run.
 */
export function openHistory(dataFolder: string, onRepair: (repair: Repair) => void = sayOnStderr): HistoryStore {
  try {
    makePrivateFolder(dataFolder);
    accessSync(dataFolder, constants.W_OK);
    const isFirst = !existsSync(historyFile(dataFolder));
    const lock = new StoreLock(dataFolder);
    try {
      const history = openLocked(dataFolder, lock, onRepair);
      // From now on it is known as a data folder: what was in it before is for the user alone as well.
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

/** Why a repair that was asked for has not been made by {@link openHistory}; undefined when there is none to be made. */
export function postponedRepair(dataFolder: string): ProofloadError | undefined {
  return isRepairRequested(dataFolder) ? historyInUse(dataFolder, 'is to be repaired') : undefined;
}
