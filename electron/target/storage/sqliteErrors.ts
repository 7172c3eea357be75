import Database from 'better-sqlite3';
import { StorageError } from './storageEngine';

/** The typed form of what SQLite throws; `onUnique` makes the error for a violated key. */
export function toStorageError(thrown: unknown, onUnique?: () => StorageError): unknown {
  if (!(thrown instanceof Database.SqliteError)) return thrown;
  const isKey = thrown.code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || thrown.code === 'SQLITE_CONSTRAINT_UNIQUE';
  if (isKey && onUnique) return onUnique();
  return new StorageError('unavailable', `SQLite: ${thrown.message} (${thrown.code})`, { cause: thrown });
}

/** Runs `work`; what SQLite throws in it is thrown as a {@link StorageError}. */
export function sqliteErrorsMapped<T>(work: () => T, onUnique?: () => StorageError): T {
  try {
    return work();
  } catch (thrown) {
    throw toStorageError(thrown, onUnique);
  }
}
