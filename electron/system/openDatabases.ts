import { statSync } from 'node:fs';

/*
 * Under POSIX, to close any descriptor of a file drops the locks that the process has on it, also those of SQLite
 * (fcntl(2); sqlite.org/howtocorrupt.html, section 2.2). So what SQLite has open is opened by nothing else here.
 */

/** A database of SQLite, as far as it must be known here. */
interface OpenDatabase {
  readonly open: boolean;
  /** Its file. */
  readonly name: string;
}

/** What was opened, with the identity of its file; what is closed by now is forgotten with the next one. */
const noted = new Map<OpenDatabase, string | undefined>();
/** What SQLite keeps beside a database; it has locks on the last one. */
const companions = ['-journal', '-wal', '-shm'];

/** Which file a name leads to; undefined for none. A name says nothing of that: another file may have taken its place. */
export function fileIdentity(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/** Remembers a database that was just opened, for as long as it is open. */
export function noteOpenDatabase(database: OpenDatabase): void {
  for (const known of noted.keys()) if (!known.open) noted.delete(known);
  noted.set(database, fileIdentity(database.name));
}

/** Whether a path leads to a file that SQLite has open in this process, by whatever name: the history, or a lease. */
export function isOpenDatabase(path: string): boolean {
  const wanted = fileIdentity(path);
  if (wanted === undefined) return false;
  return [...noted].some(
    ([{ open, name }, identity]) =>
      open && (identity === wanted || companions.some((companion) => fileIdentity(`${name}${companion}`) === wanted)),
  );
}
