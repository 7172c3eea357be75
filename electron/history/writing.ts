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
      'free space on the disk of the data folder or choose another with --data-dir; runs that are saved stay as they are',
      { cause: error },
    );
  }
}

/** Does work in one transaction. Throws as {@link asWriting} does. */
export function writing<T>(database: Database.Database, work: () => T): T {
  return asWriting(() => database.transaction(work).immediate());
}
