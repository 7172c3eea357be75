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
import { type RedirectMeans, RedirectOrigins } from './redirectOrigins';
import type { TraceContexts } from './traceContext';

/** A server for a driver that makes its own connections. */
export interface DrivenOrigin {
  /** `http://address:port`: an address, so that nothing is looked up again. */
  url: string;
  /** The name to ask for in TLS; undefined where the host is an address. */
  serverName: string | undefined;
}

/** Whether HTTP/2 is tried with an origin: without TLS only where it is known to be spoken. */
function speaksHttp2({ httpVersion, tls }: Origin): boolean {
  return httpVersion === '2-prior-knowledge' || (httpVersion === '2' && tls !== undefined);
}

/**
 * A client for load: a pool of connections for each origin, of HTTP/1.1 or of what was asked for. Redirects are answers like others: who
 * follows one asks for the number of the server that it leads to.
 */
export class HttpClient {
  readonly #pools: OriginPool[];
  readonly #origins: Origin[];
  readonly #book = new ConnectionCounters();
  readonly #redirects: RedirectOrigins;
  readonly #traces: TraceContexts | undefined;

  /**
   * Without `means` redirects lead to `origins`, and from this machine to this machine. With `traces` each request carries
   * a trace context of its own.
   */
  constructor(
    origins: readonly Origin[],
    timeoutMs: number,
    clock: Clock,
    work: WorkTimer,
    means: RedirectMeans = { addresses: {}, tls: {} },
    traces?: TraceContexts,
  ) {
    const poolOf = (origin: Origin): OriginPool =>
      speaksHttp2(origin)
        ? new Http2Pool(origin, { timeoutMs, clock, work, book: this.#book })
        : new ConnectionPool(origin, timeoutMs, clock, work, this.#book);
    this.#origins = [...origins];
    this.#traces = traces;
    this.#pools = origins.map(poolOf);
    this.#redirects = new RedirectOrigins(origins, means, (origin) => {
      this.#origins.push(origin);
      return this.#pools.push(poolOf(origin)) - 1;
    });
  }

  /** {@link RedirectOrigins.numberOf} */
  originOf(url: URL, from: number): number | undefined {
    return this.#redirects.numberOf(url, from);
  }

  /**
   * Opens connections ahead of a load that begins with `count` requests, at least one to each origin. `areOwned`: whether each is of a user with
   * connections of its own. Throws `target-unreachable`.
   */
  async preconnect(count: number, areOwned = false): Promise<void> {
    const each = Math.max(1, Math.ceil(count / this.#pools.length));
    await Promise.all(this.#pools.map((pool) => pool.preconnect(each, areOwned)));
  }

  /** Ends {@link preconnect} at once; it resolves. */
  cancelPreconnect(): void {
    for (const pool of this.#pools) pool.cancelPreconnect();
  }

  /** The first server, at the address that accepted the first connection to it, else at the first that it has. */
  get driven(): DrivenOrigin {
    const [origin] = this.#origins;
    const address = this.#pools[0]?.connectedAddress ?? origin?.addresses[0];
    if (!origin || address === undefined) throw new RangeError('a client without an origin');
    const { hostname, port, tls } = origin;
    const host = isIP(address) === 6 ? `[${address}]` : address;
    const name = tls?.servername ?? hostname;
    return { url: `${tls ? 'https' : 'http'}://${host}:${port}`, serverName: isIP(name) === 0 ? name : undefined };
  }

  /** Sends the exchange's request; the exchange settles exactly once. */
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

  /** Closes all connections; requests in flight settle as `not-finished`. */
  close(): void {
    for (const pool of this.#pools) pool.close();
  }

  /** What is to be said of the servers at the end. */
  warnings(): string[] {
    return this.#pools.flatMap((pool) => pool.warning() ?? []);
  }

  /** What is spoken with each server for which something other than HTTP/1.1 was asked. */
  protocols(): NegotiatedProtocol[] {
    return this.#origins.flatMap((origin, number) => {
      const httpVersion = this.#pools[number]?.httpVersion;
      const isAsked = origin.httpVersion !== undefined && origin.httpVersion !== '1.1';
      return isAsked && httpVersion !== undefined ? [{ origin: urlOriginOf(origin), httpVersion }] : [];
    });
  }

  /** What became of connections since the last call. */
  flushConnections(): ConnectionCounts {
    return this.#book.flush();
  }
}
