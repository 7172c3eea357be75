import { readdirSync, readlinkSync } from 'node:fs';
import { processNumbers } from './processTable';

/** The inodes of the sockets that a process holds; empty for one of another user, or that has ended. */
export function socketsOf(pid: number | string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed since the folder was listed.
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** The processes that hold one of the sockets, as far as this user may see. Throws where the system has no /proc. */
export function ownersOf(inodes: ReadonlySet<string>): number[] {
  if (inodes.size === 0) return [];
  return processNumbers()
    .filter((pid) => socketsOf(pid).some((inode) => inodes.has(inode)))
    .map(Number);
}
