import { readFileSync } from 'node:fs';

/** One end of a connection. The address is in the format of the table; an IPv4 address is the same in both tables. */
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
  /** Identifies the socket among file descriptors. */
  inode: string;
}

/** The prefixes of an IPv4 address in the IPv6 table, ::ffff:a.b.c.d. Words are in the byte order of the machine. */
const mappedPrefixes = ['0000000000000000FFFF0000', '00000000000000000000FFFF'];

/** A line of a socket in the state established, 01, or listening, 0A (Linux, include/net/tcp_states.h). */
const socketLine =
  /^ *\d+: ([0-9A-F]{8,32}):([0-9A-F]{4}) ([0-9A-F]{8,32}):([0-9A-F]{4}) (01|0A) \S+ \S+ \S+ +(\d+) +\d+ (\d+) /gm;

function end(address: string, port: string): TcpEnd {
  const isMapped = mappedPrefixes.some((prefix) => address.startsWith(prefix));
  return { address: isMapped ? address.slice(-8) : address, port: Number.parseInt(port, 16) };
}

/**
 * Parses /proc/net/tcp or /proc/net/tcp6 (Linux, proc_net_tcp.rst). Sockets in other states are left out. There may be
 * tens of thousands that wait for their end, and no process holds them.
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
    // A kernel without IPv6 does not have the second table.
    return [];
  }
}

/** The TCP sockets of this machine; empty if the system does not report them. */
export function readTcpSockets(): TcpSocket[] {
  return [...readTable('tcp'), ...readTable('tcp6')];
}
