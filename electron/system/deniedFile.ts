import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProofloadError, systemErrorCode } from '../../shared/errors/appError';

/** The codes with which the system, and SQLite, report that a file may not be opened. */
const denials: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM']);
const sqliteDenials = /^SQLITE_(?:CANTOPEN|READONLY|PERM)/;
/** The files that SQLite keeps beside a database. */
const companions = ['', '-wal', '-shm', '-journal'];

interface Entry {
  path: string;
  uid: number;
  isFolder: boolean;
}

function look(path: string): Entry | undefined {
  try {
    const info = statSync(path);
    return { path, uid: info.uid, isFolder: info.isDirectory() };
  } catch {
    // It does not exist, or it is in a folder that may not be entered.
    return undefined;
  }
}

/** The path itself, or its nearest parent folder that exists and is accessible. */
function nearest(path: string): Entry | undefined {
  const found = look(path);
  return found || dirname(path) === path ? found : nearest(dirname(path));
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

/**
 * The error for a file of the data folder that belongs to another user, as a start with `sudo` leaves it. It names the
 * file and the command that gives it back. Undefined for any error except a denial, on Windows, and for root. Its code
 * is `data-folder-unusable`.
 */
export function deniedFile(path: string, error: unknown, user = process.getuid?.()): ProofloadError | undefined {
  const code = systemErrorCode(error);
  const isDenial = denials.has(code);
  if (user === undefined || user === 0 || !(isDenial || sqliteDenials.test(code ?? ''))) return undefined;
  const beside = companions.flatMap((companion) => look(`${path}${companion}`) ?? []);
  const found = [...beside, ...(isDenial ? [nearest(path) ?? [], nearest(dirname(path)) ?? []].flat() : [])];
  const foreign = found.find(({ uid }) => uid !== user);
  if (!foreign) return undefined;
  const folder = foreign.isFolder ? foreign.path : dirname(foreign.path);
  const owner = foreign.uid === 0 ? 'root' : `the user with the number ${foreign.uid}`;
  return new ProofloadError(
    'data-folder-unusable',
    `${foreign.path} belongs to ${owner}, and may not be used by this user`,
    `take it back with: sudo chown -R "$(id -un)" ${quoted(folder)} (a start as another user, as with sudo, left it)`,
    { cause: error, details: { about: 'data-folder' } },
  );
}

/**
 * Runs work on a file of the data folder. Throws what the work throws, or the error of {@link deniedFile} instead of a
 * denial.
 */
export function withFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw deniedFile(path, error) ?? error;
  }
}
