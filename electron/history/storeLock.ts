import type Database from 'better-sqlite3';
import { ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { openDatabase } from '../sqlite/openDatabase';
import { lockFile } from './storeFiles';

/** How long a start waits for another one that repairs the store. */
const repairPatienceMs = 30_000;

/** The error of a repair that would move the store away under another process. */
export function historyInUse(dataFolder: string, condition: string): ProofloadError {
  return new ProofloadError(
    'history-in-use',
    `the history of ${dataFolder} ${condition}, and another Proofload has it open, a window or a run: it stays as it is until that has ended`,
    'close the window or wait for the end of the run, then do this again, or use another data folder until then',
    { details: { about: 'data-folder' } },
  );
}

/**
 * Says who has the history open, so that nobody moves it away under a run that is writing it: whoever has it open shares
 * the lock, and a repair needs it alone. The lock is SQLite's own on an empty database beside the history: the system
 * drops it with the process, however that ends, and it works between processes and within one on all systems. The
 * history itself can't carry it: a damaged one may not even open.
 */
export class StoreLock {
  readonly #database: Database.Database;

  constructor(dataFolder: string) {
    this.#database = openDatabase(lockFile(dataFolder));
  }

  /** Shares the lock until {@link release}, and tells whether it could be had: not while a repair goes on and on. */
  share(): boolean {
    return this.#take('BEGIN', repairPatienceMs);
  }

  /** Does work that nobody else may disturb, and tells whether it could: not while others share the lock for longer. */
  alone(work: () => void, patienceMs = 0): boolean {
    if (!this.#take('BEGIN EXCLUSIVE', patienceMs)) return false;
    try {
      work();
      return true;
    } finally {
      this.release();
    }
  }

  /** Lets go of the lock; it can be taken again. */
  release(): void {
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }

  close(): void {
    this.#database.close();
  }

  #take(begin: string, patienceMs: number): boolean {
    this.#database.pragma(`busy_timeout = ${patienceMs}`);
    try {
      // Nothing is ever written: no journal beside it. To set this waits for the lock as well.
      this.#database.pragma('journal_mode = MEMORY');
      this.#database.exec(begin);
      // A transaction takes its shared lock when it first reads.
      this.#database.prepare('SELECT count(*) FROM sqlite_schema').get();
      return true;
    } catch (error) {
      this.release();
      if (systemErrorCode(error)?.startsWith('SQLITE_BUSY')) return false;
      throw error;
    }
  }
}
