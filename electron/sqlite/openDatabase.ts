import Database from 'better-sqlite3';
import { makePrivateFile } from '../system/privateFiles';

/** The environment variable with the path of an add-on to use instead of the stock build (docs/adr/002). */
const bindingVariable = 'PROOFLOAD_SQLITE_BINDING';

function substituteBinding(): string | undefined {
  // The substitute is compiled for old Electrons only; under plain Node the stock build is faster.
  return process.versions.electron ? process.env[bindingVariable] : undefined;
}

/** Which build of better-sqlite3 this process uses. */
export function sqliteBuild(): 'stock' | 'fallback' {
  return substituteBinding() ? 'fallback' : 'stock';
}

/**
 * Opens a database file, or creates it for the user alone, or opens an in-memory database for `:memory:`; with `readonly` one that is there. Throws
 * better-sqlite3's SqliteError.
 */
export function openDatabase(path: string, options: { readonly?: boolean } = {}): Database.Database {
  if (path !== ':memory:' && !options.readonly) makePrivateFile(path);
  const nativeBinding = substituteBinding();
  return new Database(path, { ...options, ...(nativeBinding ? { nativeBinding } : {}) });
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
