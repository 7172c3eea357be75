import { ownersOf, socketsOf } from '../system/socketOwners';
import { readTcpSockets, type TcpEnd, type TcpSocket } from '../system/tcpTable';

function isListener({ isListening }: TcpSocket): boolean {
  return isListening;
}

function connectionKey(from: TcpEnd, to: TcpEnd): string {
  return `${from.address}:${from.port} ${to.address}:${to.port}`;
}

function groupBy<Key>(sockets: readonly TcpSocket[], keyOf: (socket: TcpSocket) => Key): Map<Key, TcpSocket[]> {
  const groups = new Map<Key, TcpSocket[]>();
  for (const socket of sockets) {
    const group = groups.get(keyOf(socket));
    if (group) group.push(socket);
    else groups.set(keyOf(socket), [socket]);
  }
  return groups;
}

/**
 * The processes that listen on a port of this machine (Linux). Empty if they cannot be found: they belong to another
 * user, they run in a container of their own, or the system is not Linux.
 */
export function listenersOf(port: number): number[] {
  try {
    return ownersOf(readTcpSockets().filter(({ isListening, local }) => isListening && local.port === port));
  } catch {
    return [];
  }
}

/** A server on this machine that some processes have connected to. */
export interface Partner {
  port: number;
  /** The sockets of the server: those that it listens on, and its ends of the connections. */
  sockets: readonly TcpSocket[];
}

/**
 * The servers on this machine that the owner of the `held` sockets has connected to. The table has both ends of such a
 * connection, and a server listens on the port of the remote end. Processes that have connected to the owner are its
 * clients, not its partners.
 */
export function partnersAmong(sockets: readonly TcpSocket[], held: ReadonlySet<string>): Partner[] {
  const listeners = groupBy(sockets.filter(isListener), ({ local }) => local.port);
  const connections = sockets.filter((socket) => !isListener(socket));
  const ends = groupBy(connections, ({ local, remote }) => connectionKey(local, remote));
  const byPort = new Map<number, Set<TcpSocket>>();
  for (const { inode, local, remote } of connections) {
    const listening = held.has(inode) ? listeners.get(remote.port) : undefined;
    const others = ends.get(connectionKey(remote, local));
    if (!listening || !others) continue;
    const known = byPort.get(remote.port) ?? new Set();
    for (const socket of [...listening, ...others]) known.add(socket);
    byPort.set(remote.port, known);
  }
  return [...byPort].map(([port, known]) => ({ port, sockets: [...known] }));
}

/**
 * The current partners of some processes, by port, with their process ids. A partner that cannot be seen has no ids.
 */
export function partnersOf(
  pids: readonly number[],
  isKnown: (port: number) => boolean,
): { port: number; pids: number[] }[] {
  const sockets = readTcpSockets();
  const held = new Set(pids.flatMap(socketsOf));
  return partnersAmong(sockets, held)
    .filter(({ port }) => !isKnown(port))
    .map(({ port, sockets: ends }) => ({ port, pids: ownersOf(ends) }));
}
