import type Database from 'better-sqlite3';
import { errorMessage, ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { fileIdentity } from '../system/openDatabases';

/** How long a write waits for the write of another process. */
const patienceMs = 5_000;
/**
 * How long a write waits while this process measures a run, because waiting blocks its event loop. Writes of other runs
 * take a few milliseconds; run/runPersister.ts retries after longer ones.
 */
const measuringPatienceMs = 50;

/**
 * Runs work that writes to the store. Throws `history-in-use` when another process writes for too long,
 * `history-write-failed`, and any error of the work itself.
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

/** Whether an error says that another process is writing the store. */
export function isInUse(error: unknown): boolean {
  return error instanceof ProofloadError && error.code === 'history-in-use';
}

/** Writes to an open store, in one transaction each time, and checks that the file is still at its path. */
export class StoreWriter {
  readonly #database: Database.Database;
  readonly #identity: string | undefined;
  /** The runs that this process is measuring. */
  readonly #measuring = new Set<string>();

  constructor(database: Database.Database) {
    this.#database = database;
    this.#identity = fileIdentity(database.name);
  }

  /** Notes that this process starts to measure a run. */
  runBegins(runId: string): void {
    this.#measuring.add(runId);
  }

  /** Notes that the measurement of a run has ended. */
  runEnds(runId: string): void {
    this.#measuring.delete(runId);
  }

  /** Sets how long the next write waits for the write of another process. */
  setPatience(): void {
    this.#database.pragma(`busy_timeout = ${this.#measuring.size > 0 ? measuringPatienceMs : patienceMs}`);
  }

  /** Throws as {@link asWriting}, and `history-write-failed` when the file is no longer at its path. */
  write<T>(work: () => T): T {
    this.setPatience();
    const result = asWriting(() => this.#database.transaction(work).immediate());
    // A file that was moved or deleted while open accepts all writes, and SQLite does not notice.
    if (fileIdentity(this.#database.name) === this.#identity) return result;
    throw new ProofloadError(
      'history-write-failed',
      `the history is gone: ${this.#database.name} was moved or deleted, or another file was put in its place`,
      'restore the data folder, or restart Proofload to use what is there',
    );
  }
}
