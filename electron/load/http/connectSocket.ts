import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { pinnedLookup } from '../../hosts/pinnedLookup';
import type { RequestFailure } from './exchange';
import type { Origin } from './origin';
import { openTunnel, proxyPlace } from './proxyTunnel';

/** Where to connect to for an origin. */
export function placeOf({ hostname: host, addresses, port, socketPath, proxy }: Origin) {
  if (proxy) return proxyPlace(proxy);
  return socketPath === undefined ? { host, port, lookup: pinnedLookup(addresses) } : { path: socketPath };
}

/** The settings of a TLS connection to an origin that offers `protocols` (ALPN, RFC 7301). */
export function tlsOptionsOf({ hostname, tls }: Origin, protocols: string[]) {
  // An address is no server name (RFC 6066, 3).
  const servername = isIP(hostname) ? '' : hostname;
  return { ALPNProtocols: protocols, servername, ...tls };
}

/** How a socket tells of its opening. */
export interface OpeningEvents {
  /** A socket is there, and not open yet: hear what becomes of it. Called again with the one of TLS in a tunnel. */
  began(socket: Socket): void;
  /** A proxy keeps it from being opened. */
  failed(failure: RequestFailure, error: Error | undefined): void;
}

/**
 * Begins to connect to an origin, by TLS where it is secured, and through its proxy where it has one. Destroy the socket
 * that is returned to give it up; what comes after that is to be ignored.
 */
export function connectSocket(origin: Origin, protocols: string[], events: OpeningEvents): Socket {
  const { proxy, tls, hostname } = origin;
  if (proxy && tls)
    return openTunnel(origin, proxy, {
      established: (socket) => events.began(connectTls({ ...tlsOptionsOf(origin, protocols), host: hostname, socket })),
      failed: events.failed,
    });
  const place = placeOf(origin);
  const secured = { ...place, ...tlsOptionsOf(origin, protocols) };
  const socket = tls ? connectTls(secured) : connectTcp(place);
  events.began(socket);
  return socket;
}
