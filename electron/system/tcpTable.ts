import { readFileSync } from 'node:fs';

/** One end of a connection: the address as the table writes it, of IPv4 in both tables the same. */
export interface TcpEnd {
  address: string;
  port: number;
}

/** A socket of this machine that listens or is connected. */
export interface TcpSocket {
  local: TcpEnd;
  remote: TcpEnd;
  isListening: boolean;
  /** The user that opened it. */
  uid: number;
  /** What its file descriptors are known by. */
  inode: string;
}

/** An IPv4 address in a table of IPv6, ::ffff:a.b.c.d: the words are in the byte order of the machine. */
const mappedPrefixes = ['0000000000000000FFFF0000', '00000000000000000000FFFF'];

/** A socket in the state established, 01, or listening, 0A (Linux, include/net/tcp_states.h). */
const socketLine =
  /^ *\d+: ([0-9A-F]{8,32}):([0-9A-F]{4}) ([0-9A-F]{8,32}):([0-9A-F]{4}) (01|0A) \S+ \S+ \S+ +(\d+) +\d+ (\d+) /gm;

function end(address: string, port: string): TcpEnd {
  const isMapped = mappedPrefixes.some((prefix) => address.startsWith(prefix));
  return { address: isMapped ? address.slice(-8) : address, port: Number.parseInt(port, 16) };
}

/**
 * Parses /proc/net/tcp or /proc/net/tcp6 (Linux, proc_net_tcp.rst). Sockets in other states are left out: of those that
 * wait for their end there may be tens of thousands, and nobody holds them.
 */
export function parseTcpTable(text: string): TcpSocket[] {
  return Array.from(
    text.matchAll(socketLine),
    ([, localAddress = '', localPort = '', remoteAddress = '', remotePort = '', state, uid, inode = '']) => ({
      local: end(localAddress, localPort),
      remote: end(remoteAddress, remotePort),
      isListening: state === '0A',
      uid: Number(uid),
      inode,
    }),
  );
}

function readTable(name: string): TcpSocket[] {
  try {
    return parseTcpTable(readFileSync(`/proc/net/${name}`, 'utf8'));
  } catch {
    // A kernel without IPv6 has no second table.
    return [];
  }
}

/** The TCP sockets of this machine; empty where the system does not report it. */
export function readTcpSockets(): TcpSocket[] {
  return [...readTable('tcp'), ...readTable('tcp6')];
}
