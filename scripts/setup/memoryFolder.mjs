import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps files in memory. */
const sharedMemory = '/dev/shm';
/** The tests leave a few hundred megabytes there at a time. */
const leastFreeBytes = 2 ** 31;

/**
 * A new folder in memory that others may enter as they may a system's folder for temporary files, and how it is removed.
 * Undefined where the system has none, or too little room in it.
 */
export function makeMemoryFolder(within = sharedMemory) {
  try {
    const { bavail, bsize } = statfsSync(within);
    if (process.platform !== 'linux' || bavail * bsize < leastFreeBytes) return undefined;
    const path = mkdtempSync(join(within, 'proofload-'));
    chmodSync(path, 0o1777);
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  } catch {
    return undefined;
  }
}
