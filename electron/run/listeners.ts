import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The state of a listening socket in /proc/net/tcp (Linux, proc_net_tcp.rst). */
const listening = '0A';

/** The inodes of the sockets that listen on a port. */
function listenerInodes(port: number): Set<string> {
  const inodes = new Set<string>();
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === listening && Number.parseInt(local.split(':')[1] ?? '', 16) === port) inodes.add(inode);
    }
  }
  return inodes;
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
      return inode !== undefined && inodes.has(inode);
    });
  } catch {
    // Of another user, or ended since the folder was listed.
    return false;
  }
}

/**
 * The processes that listen on a port of this machine (Linux). Empty when they can't be found: of another user, in a
 * container of their own, or on another system.
 */
export function listenersOf(port: number): number[] {
  try {
    const inodes = listenerInodes(port);
    if (inodes.size === 0) return [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && holdsSocket(name, inodes))
      .map(Number);
  } catch {
    return [];
  }
}
