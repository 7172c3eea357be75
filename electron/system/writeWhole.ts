import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, ProofloadError, systemErrorCode } from '../../shared/errors/appError';
import { deniedFile } from './deniedFile';

/**
 * The codes with which file systems report that a folder cannot be synced. They keep its names in order on their own.
 */
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

/** Removes an incomplete file if it is accessible. Only the reason of the failed write is reported. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

/** Flushes the names in a folder to the disk. Windows cannot open folders, and flushes names on its own. */
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

/** Flushes the names of newly made folders to the disk, from `folder` up to the first one that was made. */
function syncMade(folder: string, firstMade: string | undefined): void {
  if (firstMade === undefined) return;
  for (let made = folder; made.length >= firstMade.length; made = dirname(made)) syncFolder(dirname(made));
}

/**
 * Writes a file completely or not at all. An incomplete file never replaces the previous one, even if several processes
 * write it at once. When this returns, the file is on the disk and survives a power failure: the content is flushed
 * before the name, and the name before the return. Only the user may read it. `what` names the file in the error.
 * Throws `data-folder-unusable`.
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
      `${what} cannot be saved: ${errorMessage(error)}`,
      'free space or correct the permissions of the data folder, or choose another',
      { cause: error, details: { about: 'data-folder' } },
    );
  }
}
