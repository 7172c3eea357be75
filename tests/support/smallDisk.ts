import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A disk that a test can fill. */
export interface SmallDisk {
  /** The folder of the disk. */
  folder: string;
  /** Fills it to the last byte. */
  fill(): void;
  /** Takes out what it was filled with. */
  makeRoom(): void;
  /** Takes the disk away at once, though processes may still have files of it open. Throws if it is still there. */
  unmount(): void;
}

/**
 * Mounts a disk of a size such as `4m` on a new folder. Undefined where that is not allowed: only root may mount one, and
 * not in every container. What calls this must unmount it also when a test fails: a folder with a disk can't be removed.
 */
export function mountSmallDisk(folder: string, size: string): SmallDisk | undefined {
  mkdirSync(folder);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  if (status !== 0) return undefined;
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => void spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k']),
    makeRoom: () => rmSync(filler),
    unmount: () => {
      const { status: failed, stderr } = spawnSync('umount', ['-l', folder], { encoding: 'utf8' });
      if (failed !== 0) throw new Error(`the disk at ${folder} is still mounted: ${stderr}`);
    },
  };
}
