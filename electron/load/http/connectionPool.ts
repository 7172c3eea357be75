import { ProofloadError } from '../../../shared/errors/appError';
import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import { Connection, type ConnectionEvents, type OpeningTimes } from './connection';
import type { ConnectionBook } from './connectionBook';
import type { Exchange } from './exchange';
import type { Origin } from './origin';

/** Opening more connections at once would overflow the backlog of many servers. */
const openAtOnce = 64;

interface Opening {
  resolve(): void;
  reject(error: ProofloadError): void;
}

/**
 * Keep-alive connections to one origin. A request takes the connection that was used last and opens a new one when
 * all are busy; how many may be in flight is the executor's business.
 */
export class ConnectionPool implements ConnectionEvents {
  readonly #origin: Origin;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #work: WorkTimer;
  readonly #book: ConnectionBook;
  readonly #idle: Connection[] = [];
  readonly #alive = new Set<Connection>();
  readonly #openings = new Map<Connection, Opening>();

  constructor(origin: Origin, timeoutMs: number, clock: Clock, work: WorkTimer, book: ConnectionBook) {
    this.#origin = origin;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#work = work;
    this.#book = book;
  }

  /**
   * Opens connections ahead of the load until there are `count` idle ones. Throws `target-unreachable` when one can't
   * be opened.
   */
  async preconnect(count: number): Promise<void> {
    while (this.#idle.length < count) {
      const missing = Math.min(openAtOnce, count - this.#idle.length);
      await Promise.all(Array.from({ length: missing }, () => this.#connectAhead()));
    }
  }

  /** Sends the exchange's request; the exchange settles exactly once. */
  send(exchange: Exchange): void {
    if (!exchange.request) throw new RangeError('an exchange without a request');
    const { wire, keepsBody } = exchange.request;
    const connection = this.#idle.pop() ?? this.#connect();
    const bytes = wire.body === undefined ? wire.head : wire.head + wire.body;
    connection.send(exchange, wire.method, bytes, keepsBody, exchange.sentMs + this.#timeoutMs);
  }

  /** Gives up requests whose deadline has passed. Call a few times a second. */
  expire(): void {
    const now = this.#clock.nowMs();
    for (const connection of this.#alive) connection.expire(now);
  }

  /** Closes all connections; requests in flight settle as `not-finished`. */
  close(): void {
    for (const connection of [...this.#alive]) connection.close();
  }

  opened(connection: Connection, times: OpeningTimes): void {
    this.#book.opened(times);
    const opening = this.#openings.get(connection);
    if (!opening) return;
    this.#openings.delete(connection);
    this.#idle.push(connection);
    opening.resolve();
  }

  freed(connection: Connection): void {
    this.#idle.push(connection);
  }

  closed(connection: Connection, lost: boolean): void {
    this.#alive.delete(connection);
    this.#book.closed(lost);
    const position = this.#idle.lastIndexOf(connection);
    if (position >= 0) this.#idle.splice(position, 1);
    const { hostname, port } = this.#origin;
    this.#openings
      .get(connection)
      ?.reject(
        new ProofloadError(
          'target-unreachable',
          `the target at ${hostname}:${port} does not accept connections`,
          'check that the service is running, that host and port are right, and the certificate if it is HTTPS',
        ),
      );
    this.#openings.delete(connection);
  }

  #connect(): Connection {
    const connection = new Connection(this.#origin, this.#clock, this.#work, this);
    this.#alive.add(connection);
    return connection;
  }

  #connectAhead(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#openings.set(this.#connect(), { resolve, reject });
    });
  }
}
