import type Database from 'better-sqlite3';
import { errorMessage, ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { fileIdentity } from '../system/openDatabases';

/** How long a write waits for that of another process. */
const patienceMs = 5_000;
/**
 * How long it waits while this process measures a run: its event loop stands still meanwhile. Writes of other runs take
 * a few milliseconds; what takes longer is waited for in another way (run/runPersister.ts).
 */
const measuringPatienceMs = 50;

/**
 * Does work that writes to the store. Throws `history-in-use` when another process writes it and does not come to an
 * end, `history-write-failed`, and what the work throws of its own accord.
 */
export function asWriting<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    if (systemErrorCode(error)?.startsWith('SQLITE_BUSY'))
      throw new ProofloadError(
        'history-in-use',
        'another Proofload is writing the history, as compact, clean and an import may do for a while',
        'wait for its end, then do this again',
        { cause: error },
      );
    throw new ProofloadError(
      'history-write-failed',
      `the history cannot be written: ${errorMessage(error)}`,
      'free space on the disk of the data folder, or choose another; runs that are saved stay as they are',
      { cause: error, details: { about: 'data-folder' } },
    );
  }
}

/** Whether the store can't be written for the moment, because another process writes it. */
export function isInUse(error: unknown): boolean {
  return error instanceof ProofloadError && error.code === 'history-in-use';
}

/** Writes to an open store, each time in one transaction, as long as its name leads to it. */
export class StoreWriter {
  readonly #database: Database.Database;
  readonly #identity: string | undefined;
  /** The runs that this process measures at this moment. */
  readonly #measuring = new Set<string>();

  constructor(database: Database.Database) {
    this.#database = database;
    this.#identity = fileIdentity(database.name);
  }

  /** A run begins that this process measures. */
  runBegins(runId: string): void {
    this.#measuring.add(runId);
  }

  /** It has ended. */
  runEnds(runId: string): void {
    this.#measuring.delete(runId);
  }

  /** Sets how long the next write waits for that of another process. */
  setPatience(): void {
    this.#database.pragma(`busy_timeout = ${this.#measuring.size > 0 ? measuringPatienceMs : patienceMs}`);
  }

  /** Throws as {@link asWriting} does, and `history-write-failed` when what is written can be found by nobody. */
  write<T>(work: () => T): T {
    this.setPatience();
    const result = asWriting(() => this.#database.transaction(work).immediate());
    // A file that is moved or deleted while it is open takes all that is written to it: SQLite says nothing.
    if (fileIdentity(this.#database.name) === this.#identity) return result;
    throw new ProofloadError(
      'history-write-failed',
      `the history is gone: ${this.#database.name} was moved or deleted, or another file was put in its place`,
      'restore the data folder, or restart Proofload to use what is there',
    );
  }
}
