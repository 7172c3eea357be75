import type Database from 'better-sqlite3';
import { ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { openDatabase } from '../sqlite/openDatabase';
import { lockFile } from './storeFiles';

/** How long a start waits for another process that repairs the store. */
const repairPatienceMs = 30_000;

/** The error of a repair that would move the store away from under another process. */
export function historyInUse(dataFolder: string, condition: string): ProofloadError {
  return new ProofloadError(
    'history-in-use',
    `the history of ${dataFolder} ${condition}, and another Proofload has it open, a window or a run: it stays as it is until that has ended`,
    'close the window or wait for the end of the run, then do this again, or use another data folder until then',
    { details: { about: 'data-folder' } },
  );
}

/**
 * Tells which processes have the history open, so that none moves it away from under a run that is being written. Every
 * process that has it open shares the lock; a repair needs it exclusively. The lock is SQLite's own on an empty
 * database beside the history: the system releases it when the process ends, however that happens, and it works between
 * processes and within one on every system. The history itself cannot carry it, because a damaged one may not open.
 */
export class StoreLock {
  readonly #database: Database.Database;

  constructor(dataFolder: string) {
    this.#database = openDatabase(lockFile(dataFolder));
  }

  /** Shares the lock until {@link release}. Returns false when a repair holds it for too long. */
  share(): boolean {
    return this.#take('BEGIN', repairPatienceMs);
  }

  /** Runs work under the exclusive lock. Returns false when others share the lock for longer than `patienceMs`. */
  alone(work: () => void, patienceMs = 0): boolean {
    if (!this.#take('BEGIN EXCLUSIVE', patienceMs)) return false;
    try {
      work();
      return true;
    } finally {
      this.release();
    }
  }

  /** Releases the lock; it can be taken again. */
  release(): void {
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }

  close(): void {
    this.#database.close();
  }

  #take(begin: string, patienceMs: number): boolean {
    this.#database.pragma(`busy_timeout = ${patienceMs}`);
    try {
      // Nothing is ever written, so no journal file is needed. Setting this waits for the lock as well.
      this.#database.pragma('journal_mode = MEMORY');
      this.#database.exec(begin);
      // A transaction takes its shared lock with its first read.
      this.#database.prepare('SELECT count(*) FROM sqlite_schema').get();
      return true;
    } catch (error) {
      this.release();
      if (systemErrorCode(error)?.startsWith('SQLITE_BUSY')) return false;
      throw error;
    }
  }
}
