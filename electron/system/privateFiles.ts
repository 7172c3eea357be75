import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { systemErrorCode } from '../../shared/errors/appError';

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

/** Folders that are not closed although they were chosen: others have business there. */
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

/** Closes a file, or a folder with all that is in it. Links are left alone: what they lead to may be anybody's. */
function close(path: string): void {
  try {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink() || !isOurs(path)) return;
    if (entry.isDirectory()) {
      if ((entry.mode & 0o7777) !== folderMode) chmodSync(path, folderMode);
      for (const name of readdirSync(path)) close(join(path, name));
    } else if (entry.isFile() && (entry.mode & 0o077) !== 0) chmodSync(path, fileMode);
  } catch (error) {
    // Another process has deleted it meanwhile, or the file system has no modes.
    if (!['ENOENT', 'EPERM', 'ENOTSUP', 'EROFS'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}

/**
 * Closes a data folder that is there, and what Proofload keeps in it, to everybody but the user. `isKept` tells which of
 * its entries Proofload has made: others in a folder that the user has chosen are left as they are.
 */
export function closeDataFolder(folder: string, isKept: (name: string) => boolean): void {
  if (!isPosix || !existsSync(folder)) return;
  if (isOurs(folder) && !isShared(folder) && (statSync(folder).mode & 0o7777) !== folderMode)
    chmodSync(folder, folderMode);
  for (const name of readdirSync(folder)) if (isKept(name)) close(join(folder, name));
}
