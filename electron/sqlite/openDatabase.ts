import Database from 'better-sqlite3';
import { noteOpenDatabase } from '../system/openDatabases';
import { makePrivateFile } from '../system/privateFiles';
import { substituteBinding } from './substituteBinding';

const binding = substituteBinding({
  electron: process.versions.electron,
  env: process.env,
  folder: import.meta.dirname,
});

/** Which build of better-sqlite3 this process uses. */
export function sqliteBuild(): 'stock' | 'fallback' {
  return binding ? 'fallback' : 'stock';
}

/**
 * Opens a database file, or creates it for the user alone, or opens an in-memory database for `:memory:`; with `readonly` or
 * `fileMustExist` one that is there. Throws better-sqlite3's SqliteError.
 */
export function openDatabase(
  path: string,
  options: { readonly?: boolean; fileMustExist?: boolean } = {},
): Database.Database {
  if (path !== ':memory:' && !options.readonly && !options.fileMustExist) makePrivateFile(path);
  const database = new Database(path, { ...options, ...(binding ? { nativeBinding: binding } : {}) });
  if (path !== ':memory:') noteOpenDatabase(database);
  return database;
}

/** The version of the SQLite library. */
export function sqliteVersion(): string {
  const database = openDatabase(':memory:');
  try {
    return String(database.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    database.close();
  }
}
