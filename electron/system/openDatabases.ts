import { statSync } from 'node:fs';

/*
 * Under POSIX, closing any descriptor of a file drops all locks that the process holds on it, including those of SQLite
 * (fcntl(2); sqlite.org/howtocorrupt.html, section 2.2). Therefore nothing else in this process opens what SQLite has
 * open.
 */

/** The part of a SQLite database that is used here. */
interface OpenDatabase {
  readonly open: boolean;
  /** Its file path. */
  readonly name: string;
}

/** The databases that were opened, with the identities of their files. The next entry removes those that are closed. */
const noted = new Map<OpenDatabase, string | undefined>();
/** The files that SQLite keeps beside a database. It holds locks on the last one. */
const companions = ['-journal', '-wal', '-shm'];

/**
 * The identity of the file that a path leads to; undefined if there is none. A path is not enough, because another file
 * may have taken its place.
 */
export function fileIdentity(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/** Remembers a database that was just opened, as long as it is open. */
export function noteOpenDatabase(database: OpenDatabase): void {
  for (const known of noted.keys()) if (!known.open) noted.delete(known);
  noted.set(database, fileIdentity(database.name));
}

/** Whether a path leads, by any name, to a file that SQLite has open in this process: the history, or a lease. */
export function isOpenDatabase(path: string): boolean {
  const wanted = fileIdentity(path);
  if (wanted === undefined) return false;
  return [...noted].some(
    ([{ open, name }, identity]) =>
      open && (identity === wanted || companions.some((companion) => fileIdentity(`${name}${companion}`) === wanted)),
  );
}
