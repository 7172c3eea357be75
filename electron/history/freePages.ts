import type Database from 'better-sqlite3';

/**
 * The value of `PRAGMA auto_vacuum` that lets a store shrink page by page (sqlite.org/pragma.html#pragma_auto_vacuum).
 */
const incremental = 2;
/** Moving this many pages takes a few milliseconds; a run in progress waits that long to write its next second. */
const pagesAtOnce = 512;

function pragma(database: Database.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }));
}

/** Lets a new store return free pages to the disk. Call it before any other statement. */
export function keepShrinkable(database: Database.Database): void {
  // On an existing store this statement would need the write lock.
  if (pragma(database, 'page_count') === 0) database.pragma('auto_vacuum = INCREMENTAL');
}

/** Whether {@link releasePages} has pages to release. A store of an earlier version has none until it is compacted. */
export function hasPagesToRelease(database: Database.Database): boolean {
  return pragma(database, 'auto_vacuum') === incremental && pragma(database, 'freelist_count') > 0;
}

/** Returns some free pages to the disk in a transaction of its own. Returns whether more are left. */
export function releasePages(database: Database.Database): boolean {
  const before = pragma(database, 'freelist_count');
  database.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
  const left = pragma(database, 'freelist_count');
  return left > 0 && left < before;
}

/** Rewrites the store without free pages. From then on it can shrink page by page. */
export function rewriteStore(database: Database.Database): void {
  if (pragma(database, 'auto_vacuum') !== incremental) database.pragma('auto_vacuum = INCREMENTAL');
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
}
