import Database from 'better-sqlite3';

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
 * Opens or creates a database file, or an in-memory database for `:memory:`; with `readonly` or
 * `fileMustExist` one that is there. Throws better-sqlite3's SqliteError.
 */
export function openDatabase(
  path: string,
  options: { readonly?: boolean; fileMustExist?: boolean } = {},
): Database.Database {
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
