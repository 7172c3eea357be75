import { connect, type Socket } from 'node:net';
import { pinnedLookup } from '../../hosts/pinnedLookup';
import type { RequestFailure } from './exchange';
import { authorityOf, type Origin, type OriginProxy } from './origin';

/** The status with which a proxy asks for credentials (RFC 9110, 15.5.8). */
export const proxyAuthenticationRequired = 407;

const maxHeadBytes = 64 * 1024;
const headEnd = '\r\n\r\n';

/** The outcome of opening a tunnel. Exactly one of the two is called, once. */
export interface TunnelEvents {
  /** The tunnel is open: the socket now carries the bytes of the server. */
  established(socket: Socket): void;
  failed(failure: RequestFailure, error: Error | undefined): void;
}

/** Where to connect to for a proxy, at the addresses that were admitted. */
export function proxyPlace({ hostname, addresses, port }: OriginProxy) {
  return { host: hostname, port, lookup: pinnedLookup(addresses) };
}

function connectRequest(origin: Origin, { authorization }: OriginProxy): string {
  const authority = authorityOf(origin);
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, 'User-Agent: proofload'];
  if (authorization !== undefined) lines.push(`Proxy-Authorization: ${authorization}`);
  return lines.join('\r\n') + headEnd;
}

/**
 * Opens a tunnel to a server through a proxy with CONNECT (RFC 9110, 9.3.6). To abandon the attempt, destroy the
 * returned socket and ignore later events.
 */
export function openTunnel(origin: Origin, proxy: OriginProxy, events: TunnelEvents): Socket {
  const socket = connect(proxyPlace(proxy));
  let isConnected = false;
  let head = '';
  const release = (): void => {
    socket.off('data', read).off('error', broke).off('close', closed);
  };
  const fail = (failure: RequestFailure, error?: Error): void => {
    release();
    // Errors after the end are ignored.
    socket.on('error', () => {});
    socket.destroy();
    events.failed(failure, error);
  };
  const broke = (error: Error): void => fail(isConnected ? 'proxy-refused' : 'proxy-unreachable', error);
  const closed = (): void => fail('proxy-refused', new Error('it closed the connection without a response'));
  const read = (chunk: Buffer): void => {
    head += chunk.toString('latin1');
    const end = head.indexOf(headEnd);
    if (end < 0 && head.length < maxHeadBytes) return;
    const [, status = '', reason = ''] = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?\r\n/.exec(head) ?? [];
    if (Number(status) === proxyAuthenticationRequired) fail('proxy-authentication-required');
    else if (end < 0 || !/^2/.test(status))
      fail(
        'proxy-refused',
        new Error(status === '' ? 'its response is not HTTP' : `it answered ${status} ${reason}`.trim()),
      );
    else if (head.length > end + headEnd.length) fail('proxy-refused', new Error('it sent bytes before it was asked'));
    else {
      release();
      events.established(socket);
    }
  };
  socket.setNoDelay(true);
  socket.on('connect', () => {
    isConnected = true;
    socket.write(connectRequest(origin, proxy), 'latin1');
  });
  socket.on('data', read).on('error', broke).on('close', closed);
  return socket;
}

/**
 * Rewrites requests for a proxy that reads them: the target in absolute form (RFC 9112, 3.2.2), with the credentials
 * for the proxy.
 */
export class ProxiedHeads {
  readonly #origin: string;
  readonly #authorization: string;
  #lastHead = '';
  #lastProxied = '';

  /** `origin` is the server's, as `http://host:port`. */
  constructor(origin: string, { authorization }: OriginProxy) {
    this.#origin = origin;
    this.#authorization = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  }

  /** Request line and headers for the proxy. */
  write(head: string): string {
    // Most loads send the same head repeatedly.
    if (head !== this.#lastHead) {
      const target = head.indexOf(' ') + 1;
      this.#lastHead = head;
      this.#lastProxied = `${head.slice(0, target)}${this.#origin}${head.slice(target, -2)}${this.#authorization}\r\n`;
    }
    return this.#lastProxied;
  }
}
