import { expect, it } from 'vitest';
import type { TcpSocket } from '../system/tcpTable';
import { partnersAmong } from './listeningProcesses';

const address = '0100007F';

function connected(inode: string, from: number, to: number, remoteAddress = address): TcpSocket {
  return {
    inode,
    uid: 0,
    isListening: false,
    local: { address, port: from },
    remote: { address: remoteAddress, port: to },
  };
}

function listener(inode: string, port: number): TcpSocket {
  return { inode, uid: 0, isListening: true, local: { address, port }, remote: { address: '00000000', port: 0 } };
}

/** A generator on port 50001 loads a proxy on port 80, which sends requests to a service on port 4141. */
const sockets = [
  listener('proxy', 80),
  listener('service', 4_141),
  connected('generator', 50_001, 80),
  connected('proxy-in', 80, 50_001),
  connected('proxy-out', 50_002, 4_141),
  connected('service-in', 4_141, 50_002),
];

it('finds the server that a process has connected to, by its listening socket and its end of the connection', () => {
  const [partner, ...others] = partnersAmong(sockets, new Set(['proxy', 'proxy-in', 'proxy-out']));
  expect(partner).toMatchObject({ port: 4_141, sockets: [{ inode: 'service' }, { inode: 'service-in' }] });
  expect(others).toEqual([]);
});

it('takes a client for no partner: the generator is none of its target', () => {
  expect(partnersAmong(sockets, new Set(['service', 'service-in']))).toEqual([]);
});

it('leaves out a server on another machine, whatever listens on the same port here', () => {
  const elsewhere = connected('out', 50_003, 4_141, '0A00000A');
  expect(partnersAmong([...sockets, elsewhere], new Set(['out']))).toEqual([]);
});
