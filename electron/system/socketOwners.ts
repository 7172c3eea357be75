import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { processNumbers } from './processTable';
import type { TcpSocket } from './tcpTable';

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

function userOf(pid: string): number | undefined {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    // It has ended since the folder was listed.
    return undefined;
  }
}

/**
 * The users of whose sockets nothing more can be seen: who runs a server under a user of its own, such as a database,
 * gives it nothing else to do. Root has many tasks; our own processes can be seen.
 */
export function usersOfOneServer(sockets: readonly Pick<TcpSocket, 'uid'>[], ownUid: number): Set<number> {
  return new Set(sockets.map(({ uid }) => uid).filter((uid) => uid !== 0 && uid !== ownUid));
}

/**
 * The processes that hold one of the sockets; where this user may not see who does, all processes of the user that
 * opened it, unless that is root. Throws where the system has no /proc.
 */
export function ownersOf(sockets: readonly Pick<TcpSocket, 'inode' | 'uid'>[]): number[] {
  if (sockets.length === 0) return [];
  const inodes = new Set(sockets.map(({ inode }) => inode));
  const numbers = processNumbers();
  const holders = numbers.filter((pid) => socketsOf(pid).some((inode) => inodes.has(inode)));
  if (holders.length > 0) return holders.map(Number);
  const users = usersOfOneServer(sockets, process.getuid?.() ?? 0);
  return users.size === 0 ? [] : numbers.filter((pid) => users.has(userOf(pid) ?? 0)).map(Number);
}
