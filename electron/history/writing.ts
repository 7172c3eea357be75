import type Database from 'better-sqlite3';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';

/** Does work in one transaction. Throws `history-write-failed`, and what the work throws of its own accord. */
export function writing<T>(database: Database.Database, work: () => T): T {
  try {
    return database.transaction(work).immediate();
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
