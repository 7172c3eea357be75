import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { processNumbers } from './processTable';
import type { TcpSocket } from './tcpTable';

/** The inodes of the sockets that a process holds. Empty if it has ended or belongs to another user. */
export function socketsOf(pid: number | string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // It was closed after the folder was listed.
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
    // It ended after the folder was listed.
    return undefined;
  }
}

/**
 * The users whose processes cannot be seen but can be assumed to be a single server. A server, such as a database,
 * often runs under a user of its own that does nothing else. Root is left out because it has many tasks, and our own
 * user because our processes can be seen.
 */
export function usersOfOneServer(sockets: readonly Pick<TcpSocket, 'uid'>[], ownUid: number): Set<number> {
  return new Set(sockets.map(({ uid }) => uid).filter((uid) => uid !== 0 && uid !== ownUid));
}

/**
 * The processes that hold one of the sockets. If this user may not see who holds them, all processes of the user that
 * opened them, unless that is root. Throws on a system without /proc.
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
