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
 * The data folder contains private data: URLs of databases with their passwords, scenarios with what their author has
 * typed, and results. On POSIX systems, only its owner may enter the folder (0700) and read its files (0600). On
 * Windows, the access list of the user's folder already keeps others out, and nothing is done.
 */

const isPosix = process.platform !== 'win32';
const folderMode = 0o700;
const fileMode = 0o600;

/** The umask for files that the user asks for. */
let userUmask: number | undefined;

/**
 * Makes every file and folder that this process and its children create from now on readable by the user alone, from
 * the first byte. This includes files of SQLite and Chromium. Every program must call it first.
 */
export function keepFilesPrivate(): void {
  if (isPosix) userUmask ??= process.umask(0o077);
}

/**
 * The mode of a new file that the user asks for by name, such as an export: the same as any other program would use.
 */
export function userFileMode(): number {
  return 0o666 & ~(userUmask ?? process.umask());
}

/**
 * Writes a file that the user has named, with the mode that any other program would use. When this returns, a regular
 * file is on the disk; a pipe, a terminal and `/dev/null` are not flushed. Throws what the file system throws, and also
 * if SQLite has the file open in this process, such as the history.
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

/**
 * Makes a folder and its parents, for the user alone. The `recursive` option of Node never returns on file systems such
 * as /proc.
 */
export function makePrivateFolder(path: string): void {
  if (existsSync(path)) return;
  makePrivateFolder(dirname(path));
  try {
    mkdirSync(path, { mode: folderMode });
  } catch (error) {
    // Another process has just made it.
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}

/** Whether others use a folder. Such a folder is not closed, even if it was chosen as the data folder. */
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

/**
 * Errors that keep an entry from being closed and are harmless: it is gone, it belongs to another user, or its file
 * system has no modes.
 */
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

/** Closes a file, or a folder with everything in it. Links are skipped, because their targets may belong to anybody. */
function close(path: string): void {
  tryTo(() => {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink() || !isOurs(path)) return;
    if (entry.isDirectory()) {
      if ((entry.mode & 0o7777) !== folderMode) chmodSync(path, folderMode);
      for (const name of readdirSync(path)) close(join(path, name));
      // The user's own rights stay. If the folder turns out not to be Proofload's, programs in it can still be run.
    } else if (entry.isFile() && (entry.mode & 0o077) !== 0) chmodSync(path, entry.mode & 0o700);
  });
}

/** The file by which a data folder is recognised. */
const historyName = 'history.sqlite';
/** The names of what Proofload keeps in a data folder. */
const keptNames =
  /^(?:history(?:-[\w-]+)?\.(?:sqlite(?:-wal|-shm|-journal)?|repair|lock(?:-journal)?)|(?:settings|databases|calibrations)\.json(?:\.[\w.]+)?|work|window|profiles|experiments|conformance|scenarios|postgres)$/;

/** Whether a folder is for Proofload alone: everything in it is Proofload's, and no group has access. */
function isOursAlone(folder: string, names: readonly string[]): boolean {
  const isGiven = (statSync(folder).mode & 0o2000) !== 0;
  return !isGiven && !isShared(folder) && isOurs(folder) && names.every((name) => keptNames.test(name));
}

/**
 * Closes an existing data folder, with what Proofload keeps in it, to everybody except the user. Earlier versions left
 * it open. Nothing is changed in a folder without a history, which may be any folder. The folder itself stays as it is
 * if it also contains other things, or if others use it: a home folder, a folder for temporary files, or one of a
 * group. Those other things stay as they are too, and so does everything that cannot be closed.
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
 * Makes an empty file for the user alone, unless the file exists. SQLite gives the files beside a database the mode of
 * the database. An existing file is not opened, because closing it would drop SQLite's locks on it.
 */
export function makePrivateFile(path: string): void {
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', fileMode));
}
