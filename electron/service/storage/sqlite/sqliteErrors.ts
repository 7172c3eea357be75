import Database from 'better-sqlite3';
import { StorageError } from '../storageError';

/** Converts an error of SQLite to a StorageError. `onUnique` creates the error for a violated key. */
export function toStorageError(thrown: unknown, onUnique?: () => StorageError): unknown {
  if (!(thrown instanceof Database.SqliteError)) return thrown;
  const isKey = thrown.code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || thrown.code === 'SQLITE_CONSTRAINT_UNIQUE';
  if (isKey && onUnique) return onUnique();
  // Another connection held the database for longer than busy_timeout.
  const kind = thrown.code.startsWith('SQLITE_BUSY') ? 'timeout' : 'unavailable';
  return new StorageError(kind, `SQLite: ${thrown.message} (${thrown.code})`, { cause: thrown });
}

/** Runs `work`. Errors of SQLite are thrown as {@link StorageError}. */
export function sqliteErrorsMapped<T>(work: () => T, onUnique?: () => StorageError): T {
  try {
    return work();
  } catch (thrown) {
    throw toStorageError(thrown, onUnique);
  }
}
