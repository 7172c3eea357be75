import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';

/** Does work that writes to the store. Throws `history-write-failed`, and what the work throws of its own accord. */
export function asWriting<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    throw new ProofloadError(
      'history-write-failed',
      `the history cannot be written: ${errorMessage(error)}`,
      'free space on the disk of the data folder, or choose another; runs that are saved stay as they are',
      { cause: error, details: { about: 'data-folder' } },
    );
  }
}

/** Which file a name leads to; undefined for none. A name says nothing of that: another file may have taken its place. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/** Writes to an open store, each time in one transaction, as long as its name leads to it. */
export class StoreWriter {
  readonly #database: Database.Database;
  readonly #identity: string | undefined;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#identity = identityOf(database.name);
  }

  /** Throws as {@link asWriting} does, and `history-write-failed` when what is written can be found by nobody. */
  write<T>(work: () => T): T {
    const result = asWriting(() => this.#database.transaction(work).immediate());
    // A file that is moved or deleted while it is open takes all that is written to it: SQLite says nothing.
    if (identityOf(this.#database.name) === this.#identity) return result;
    throw new ProofloadError(
      'history-write-failed',
      `the history is gone: ${this.#database.name} was moved or deleted, or another file was put in its place`,
      'put the data folder back, or close Proofload and open it again to go on with what is there',
    );
  }
}
