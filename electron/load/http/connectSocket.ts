import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { pinnedLookup } from '../../hosts/pinnedLookup';
import type { RequestFailure } from './exchange';
import type { Origin } from './origin';
import { openTunnel, proxyPlace } from './proxyTunnel';

/** Where to connect to for an origin, as options of `net.connect`. */
export function placeOf({ hostname: host, addresses, port, socketPath, proxy }: Origin) {
  if (proxy) return proxyPlace(proxy);
  return socketPath === undefined ? { host, port, lookup: pinnedLookup(addresses) } : { path: socketPath };
}

/** The options of a TLS connection to an origin. The client offers `protocols` (ALPN, RFC 7301). */
export function tlsOptionsOf({ hostname, tls }: Origin, protocols: string[]) {
  // An IP address is not a server name (RFC 6066, 3).
  const servername = isIP(hostname) ? '' : hostname;
  return { ALPNProtocols: protocols, servername, ...tls };
}

/** The events of a socket that opens. */
export interface OpeningEvents {
  /**
   * A socket exists and is not open yet; listen to its events from now on. Called a second time with the TLS socket
   * inside a proxy tunnel.
   */
  began(socket: Socket): void;
  /** The proxy could not be reached or refused to connect. */
  failed(failure: RequestFailure, error: Error | undefined): void;
}

/**
 * Starts to connect to an origin, with TLS if it uses TLS, and through its proxy if it has one. To abandon the attempt,
 * destroy the returned socket and ignore later events.
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
