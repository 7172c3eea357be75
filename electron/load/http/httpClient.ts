import { isIP } from 'node:net';
import type { NegotiatedProtocol } from '../../../shared/run/negotiatedProtocol';
import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import { ConnectionCounters, type ConnectionCounts } from './connectionCounters';
import { ConnectionPool } from './connectionPool';
import type { ConnectionOwner, Exchange } from './exchange';
import { Http2Pool } from './http2/http2Pool';
import { type Origin, urlOriginOf } from './origin';
import type { OriginPool } from './originPool';
import { type RedirectDependencies, RedirectOrigins } from './redirectOrigins';
import type { TraceContexts } from './traceContext';

/** A server for a driver that opens its own connections. */
export interface DrivenOrigin {
  /** `http://address:port`, with an IP address, so that the driver resolves no name. */
  url: string;
  /** The server name for TLS; undefined when the host is an IP address. */
  serverName: string | undefined;
}

/** Whether HTTP/2 is tried with an origin. Without TLS it is tried only with prior knowledge. */
function speaksHttp2({ httpVersion, tls }: Origin): boolean {
  return httpVersion === '2-prior-knowledge' || (httpVersion === '2' && tls !== undefined);
}

/**
 * An HTTP client for load: a pool of connections for each origin, with HTTP/1.1 or the requested version. It does not
 * follow redirects. A caller that follows one gets the number of the new server from {@link originOf}.
 */
export class HttpClient {
  readonly #pools: OriginPool[];
  readonly #origins: Origin[];
  readonly #counters = new ConnectionCounters();
  readonly #redirects: RedirectOrigins;
  readonly #traces: TraceContexts | undefined;

  /**
   * Without `dependencies`, redirects may lead to `origins`, and from this machine to this machine. With `traces`, each
   * request carries its own trace context.
   */
  constructor(
    origins: readonly Origin[],
    timeoutMs: number,
    clock: Clock,
    work: WorkTimer,
    dependencies: RedirectDependencies = { addresses: {}, tls: {} },
    traces?: TraceContexts,
  ) {
    const poolOf = (origin: Origin): OriginPool =>
      speaksHttp2(origin)
        ? new Http2Pool(origin, { timeoutMs, clock, work, counters: this.#counters })
        : new ConnectionPool(origin, timeoutMs, clock, work, this.#counters);
    this.#origins = [...origins];
    this.#traces = traces;
    this.#pools = origins.map(poolOf);
    this.#redirects = new RedirectOrigins(origins, dependencies, (origin) => {
      this.#origins.push(origin);
      return this.#pools.push(poolOf(origin)) - 1;
    });
  }

  /** {@link RedirectOrigins.numberOf} */
  originOf(url: URL, from: number): number | undefined {
    return this.#redirects.numberOf(url, from);
  }

  /**
   * Opens connections ahead of a load that begins with `count` requests, at least one to each origin. `areOwned`:
   * whether each request belongs to a user with connections of its own. Throws `target-unreachable`.
   */
  async preconnect(count: number, areOwned = false): Promise<void> {
    const each = Math.max(1, Math.ceil(count / this.#pools.length));
    await Promise.all(this.#pools.map((pool) => pool.preconnect(each, areOwned)));
  }

  /** Ends {@link preconnect} at once; its promise resolves. */
  cancelPreconnect(): void {
    for (const pool of this.#pools) pool.cancelPreconnect();
  }

  /** The first server, at the address that accepted the first connection, else at its first address. */
  get driven(): DrivenOrigin {
    const [origin] = this.#origins;
    const address = this.#pools[0]?.connectedAddress ?? origin?.addresses[0];
    if (!origin || address === undefined) throw new RangeError('a client without an origin');
    const { hostname, port, tls } = origin;
    const host = isIP(address) === 6 ? `[${address}]` : address;
    const name = tls?.servername ?? hostname;
    return { url: `${tls ? 'https' : 'http'}://${host}:${port}`, serverName: isIP(name) === 0 ? name : undefined };
  }

  /** Sends the request of an exchange. The exchange settles exactly once. */
  send(exchange: Exchange): void {
    if (this.#traces) exchange.traceparent = this.#traces.next();
    this.#pools[exchange.request?.wire.origin ?? 0]?.send(exchange);
  }

  /** Closes the idle connections of an owner. */
  release(owner: ConnectionOwner): void {
    for (const pool of this.#pools) pool.release(owner);
  }

  /** Closes the idle connections of all owners. */
  closeOwned(): void {
    for (const pool of this.#pools) pool.closeOwned();
  }

  /** Closes all connections. Requests in flight settle as `not-finished`. */
  close(): void {
    for (const pool of this.#pools) pool.close();
  }

  /** The warnings about the servers at the end of the load. */
  warnings(): string[] {
    return this.#pools.flatMap((pool) => pool.warning() ?? []);
  }

  /** The negotiated HTTP version of each server for which something other than HTTP/1.1 was requested. */
  protocols(): NegotiatedProtocol[] {
    return this.#origins.flatMap((origin, number) => {
      const httpVersion = this.#pools[number]?.httpVersion;
      const isAsked = origin.httpVersion !== undefined && origin.httpVersion !== '1.1';
      return isAsked && httpVersion !== undefined ? [{ origin: urlOriginOf(origin), httpVersion }] : [];
    });
  }

  /** What happened to connections since the last call. */
  flushConnections(): ConnectionCounts {
    return this.#counters.flush();
  }
}
