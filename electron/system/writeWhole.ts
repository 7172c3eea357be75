import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { deniedFile } from './deniedFile';

/** How file systems say that a folder can't be synced: they keep its names in order by themselves. */
const unsyncable: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EBADF']);

function writeThrough(file: string, content: string): void {
  const fd = openSync(file, 'w', 0o600);
  try {
    writeFileSync(fd, content);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Removes what was begun, if it can be reached at all: the reason of the failed write is what is reported. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

/** Brings the names in a folder to the disk. Windows opens no folders, and writes its names by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    if (!unsyncable.has(systemErrorCode(error))) throw error;
  } finally {
    closeSync(fd);
  }
}

/** Brings the names of folders to the disk that were just made, from a folder up to the first that was there. */
function syncMade(folder: string, firstMade: string | undefined): void {
  if (firstMade === undefined) return;
  for (let made = folder; made.length >= firstMade.length; made = dirname(made)) syncFolder(dirname(made));
}

/**
 * Writes a file whole or not at all: one that is half written never takes the place of the one before, also when several
 * processes write it at once. When this returns, the file is on the disk and survives a power cut: its content before
 * its name, and its name before the return. Only the user may read it. `what` names it in the error. Throws
 * `data-folder-unusable`.
 */
export function writeWhole(file: string, content: string, what: string): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    syncMade(dirname(file), mkdirSync(dirname(file), { recursive: true }));
    writeThrough(fresh, content);
    renameSync(fresh, file);
    syncFolder(dirname(file));
  } catch (error) {
    discard(fresh);
    const denied = deniedFile(fresh, error);
    if (denied) throw denied;
    throw new ProofloadError(
      'data-folder-unusable',
      `${what} cannot be kept: ${errorMessage(error)}`,
      'free space or correct the permissions of the data folder, or choose another',
      { cause: error, details: { about: 'data-folder' } },
    );
  }
}
