import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { systemErrorCode } from '../../shared/errors/appError';
import { isOpenDatabase } from './openDatabases';

/*
 * The data folder holds what is nobody else's business: URLs of databases with their passwords, scenarios with what
 * their author has typed, results. On POSIX systems only its owner may enter the folder (0700) and read its files (0600).
 * On Windows the folder of the user is closed to others by its access list, and nothing is done.
 */

const isPosix = process.platform !== 'win32';
const folderMode = 0o700;
const fileMode = 0o600;

/** What the user's files are made with. */
let userUmask: number | undefined;

/**
 * Makes every file and folder that this process and its children create from now on readable by the user alone, from
 * their first byte: SQLite's and Chromium's as well as ours. To be called first of all by every program.
 */
export function keepFilesPrivate(): void {
  if (isPosix) userUmask ??= process.umask(0o077);
}

/** The mode of a new file that the user asks for by name, such as an export: as any other program would make it. */
export function userFileMode(): number {
  return 0o666 & ~(userUmask ?? process.umask());
}

/**
 * Writes a file that the user has named, as any other program would make it. When this returns it is on the disk, where
 * it is a file: a pipe, a terminal and `/dev/null` have none. Throws what the file system throws, and for a file that
 * SQLite has open here, such as the history.
 */
export function writeUserFile(path: string, content: string | Uint8Array, flag: 'w' | 'a' = 'w'): void {
  if (isOpenDatabase(path)) throw new Error('it is the history of Proofload, or belongs to it, and is open');
  const ours = userUmask === undefined ? undefined : process.umask(userUmask);
  try {
    const fd = openSync(path, flag);
    try {
      writeFileSync(fd, content);
      if (fstatSync(fd).isFile()) fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } finally {
    if (ours !== undefined) process.umask(ours);
  }
}

/** Makes a folder and its parents, for the user alone. Node's own `recursive` option never returns on file systems such as /proc. */
export function makePrivateFolder(path: string): void {
  if (existsSync(path)) return;
  makePrivateFolder(dirname(path));
  try {
    mkdirSync(path, { mode: folderMode });
  } catch (error) {
    // Another process was faster.
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}

/** Folders that are not closed although they were chosen: others use them. */
function isShared(folder: string): boolean {
  const { mode } = statSync(folder);
  const home = realpathSync(homedir());
  const real = realpathSync(folder);
  return (mode & 0o1000) !== 0 || real === dirname(real) || `${home}${sep}`.startsWith(`${real}${sep}`);
}

function isOurs(path: string): boolean {
  const user = process.getuid?.();
  return user === undefined || user === 0 || lstatSync(path).uid === user;
}

/** What keeps an entry from being closed and is no fault of ours: it is gone, another's, or its file system has no modes. */
const unclosable: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'ENOTSUP',
  'ENOSYS',
  'EROFS',
]);

function tryTo(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!unclosable.has(systemErrorCode(error))) throw error;
  }
}

/** Closes a file, or a folder with all that is in it. Links are left alone: their targets may belong to anybody. */
function close(path: string): void {
  tryTo(() => {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink() || !isOurs(path)) return;
    if (entry.isDirectory()) {
      if ((entry.mode & 0o7777) !== folderMode) chmodSync(path, folderMode);
      for (const name of readdirSync(path)) close(join(path, name));
      // The user's own rights stay: where a folder is not ours after all, programs in it can be run as before.
    } else if (entry.isFile() && (entry.mode & 0o077) !== 0) chmodSync(path, entry.mode & 0o700);
  });
}

/** What a data folder is known by. */
const historyName = 'history.sqlite';
/** What Proofload keeps in a data folder. */
const keptNames =
  /^(?:history(?:-[\w-]+)?\.(?:sqlite(?:-wal|-shm|-journal)?|repair|lock(?:-journal)?)|(?:settings|databases|calibrations)\.json(?:\.[\w.]+)?|work|window|profiles|experiments|conformance|scenarios|postgres)$/;

/** A folder for Proofload alone: all that is in it is ours, and no group has access. */
function isOursAlone(folder: string, names: readonly string[]): boolean {
  const isGiven = (statSync(folder).mode & 0o2000) !== 0;
  return !isGiven && !isShared(folder) && isOurs(folder) && names.every((name) => keptNames.test(name));
}

/**
 * Closes a data folder that is there, with what Proofload keeps in it, to everybody but the user: earlier versions left
 * it open. Nothing is touched where there is no history: the folder may be any. One that has other things in it as well
 * stays as it is, and so does what else is in it, and a folder that others use: a home, one for temporary files, one of
 * a group. What can't be closed stays as it is.
 */
export function closeDataFolder(folder: string): void {
  if (!isPosix) return;
  tryTo(() => {
    if (!lstatSync(join(folder, historyName)).isFile()) return;
    const names = readdirSync(folder);
    if ((statSync(folder).mode & 0o7777) !== folderMode && isOursAlone(folder, names)) chmodSync(folder, folderMode);
    for (const name of names) if (keptNames.test(name)) close(join(folder, name));
  });
}

/**
 * Makes an empty file for the user alone, unless there is one. SQLite gives what it keeps beside a database the mode of
 * the database. A file that is there is not opened: closing it again would drop SQLite's locks on it.
 */
export function makePrivateFile(path: string): void {
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', fileMode));
}
