import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import { ConnectionBook, type ConnectionCounts } from './connectionBook';
import { ConnectionPool } from './connectionPool';
import type { Exchange } from './exchange';
import type { Origin } from './origin';

/** An HTTP/1.1 client for load: a pool of keep-alive connections for each origin. Redirects are answers like others. */
export class HttpClient {
  readonly #pools: ConnectionPool[];
  readonly #book = new ConnectionBook();

  constructor(origins: readonly Origin[], timeoutMs: number, clock: Clock, work: WorkTimer) {
    this.#pools = origins.map((origin) => new ConnectionPool(origin, timeoutMs, clock, work, this.#book));
  }

  /**
   * Opens up to `count` connections ahead of the load, at least one to each origin; see {@link ConnectionPool}. Throws
   * `target-unreachable`.
   */
  async preconnect(count: number): Promise<void> {
    const each = Math.max(1, Math.ceil(count / this.#pools.length));
    await Promise.all(this.#pools.map((pool) => pool.preconnect(each)));
  }

  /** Ends {@link preconnect} at once; it resolves. */
  cancelPreconnect(): void {
    for (const pool of this.#pools) pool.cancelPreconnect();
  }

  /** Sends the exchange's request; the exchange settles exactly once. */
  send(exchange: Exchange): void {
    this.#pools[exchange.request?.wire.origin ?? 0]?.send(exchange);
  }

  /** Closes all connections; requests in flight settle as `not-finished`. */
  close(): void {
    for (const pool of this.#pools) pool.close();
  }

  /** What is to be said of the servers at the end. */
  warnings(): string[] {
    return this.#pools.flatMap((pool) => pool.warning() ?? []);
  }

  /** What became of connections since the last call. */
  flushConnections(): ConnectionCounts {
    return this.#book.flush();
  }
}
