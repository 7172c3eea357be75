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
 * The processes that listen on a port of this machine (Linux). Empty when they can't be found: of another user, in a
 * container of their own, or on another system.
 */
export function listenersOf(port: number): number[] {
  try {
    return ownersOf(readTcpSockets().filter(({ isListening, local }) => isListening && local.port === port));
  } catch {
    return [];
  }
}

/** A server of this machine that some processes talk to. */
export interface Partner {
  port: number;
  /** The sockets that the server is known by: those that it listens with, and its ends of the connections. */
  sockets: readonly TcpSocket[];
}

/**
 * The servers of this machine to which the holder of some sockets has connected: a connection of which the table has
 * both ends, and whose other end has a listener's port. Those who have connected to the holder are its clients and no
 * partners.
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

/** The partners of some processes now, by port, and the processes that they are; none for one that can't be seen. */
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
