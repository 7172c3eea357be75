import type Database from 'better-sqlite3';

/** `PRAGMA auto_vacuum` of a store that can be made smaller page by page (sqlite.org/pragma.html#pragma_auto_vacuum). */
const incremental = 2;
/** So many pages at once are moved in a few milliseconds: a run that goes on waits for it with its next second. */
const pagesAtOnce = 512;

function pragma(database: Database.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }));
}

/** Has a new store give pages back to the disk that are free. To be called before anything else is asked of it. */
export function keepShrinkable(database: Database.Database): void {
  // Asked of a store that is there, it would need the lock of a writer.
  if (pragma(database, 'page_count') === 0) database.pragma('auto_vacuum = INCREMENTAL');
}

/** Whether there are pages to be given back by {@link releasePages}. Of a store that an earlier version made there are none until it is compacted. */
export function hasPagesToRelease(database: Database.Database): boolean {
  return pragma(database, 'auto_vacuum') === incremental && pragma(database, 'freelist_count') > 0;
}

/** Gives some of the pages back that are free, in a transaction of its own. Returns whether there are more. */
export function releasePages(database: Database.Database): boolean {
  const before = pragma(database, 'freelist_count');
  database.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
  const left = pragma(database, 'freelist_count');
  return left > 0 && left < before;
}

/** Writes the store anew, without free pages. It is one from then on that can be made smaller page by page. */
export function rewriteStore(database: Database.Database): void {
  if (pragma(database, 'auto_vacuum') !== incremental) database.pragma('auto_vacuum = INCREMENTAL');
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
}
