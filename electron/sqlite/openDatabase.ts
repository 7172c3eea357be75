import { accessSync, constants } from 'node:fs';
import Database from 'better-sqlite3';
import { withFile } from '../system/deniedFile';
import { noteOpenDatabase } from '../system/openDatabases';
import { makePrivateFile } from '../system/privateFiles';
import { substituteBinding } from './substituteBinding';

const binding = substituteBinding({
  electron: process.versions.electron,
  env: process.env,
  folder: import.meta.dirname,
});

/** Returns which build of better-sqlite3 this process uses. */
export function sqliteBuild(): 'stock' | 'fallback' {
  return binding ? 'fallback' : 'stock';
}

function open(path: string, options: Database.Options): Database.Database {
  return new Database(path, { ...options, ...(binding ? { nativeBinding: binding } : {}) });
}

/**
 * Opens a database file, or creates it with access for the user only. With `readonly` or `fileMustExist` the file must
 * exist. `:memory:` opens an in-memory database. Throws better-sqlite3's SqliteError, errors of the file system, and
 * `data-folder-unusable` for a file that another user owns.
 */
export function openDatabase(
  path: string,
  options: { readonly?: boolean; fileMustExist?: boolean } = {},
): Database.Database {
  if (path === ':memory:') return open(path, options);
  return withFile(path, () => {
    if (!options.readonly) {
      if (!options.fileMustExist) makePrivateFile(path);
      // SQLite would open a file without write permission as read-only, and lock nothing.
      accessSync(path, constants.R_OK | constants.W_OK);
    }
    const database = open(path, options);
    noteOpenDatabase(database);
    return database;
  });
}

/** Returns the version of the SQLite library. */
export function sqliteVersion(): string {
  const database = openDatabase(':memory:');
  try {
    return String(database.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    database.close();
  }
}
