import { ProofloadError } from '../../../shared/errors/appError';
import type { HttpMethod } from '../../../shared/run/target';
import type { Clock } from '../clock';
import type { WorkTimer } from '../workTimer';
import { Connection, type Origin, type Outcome } from './connection';

/** A request as it goes over the wire. */
export interface WireRequest {
  method: HttpMethod;
  /** Request line and headers, with the empty line. */
  head: string;
  body: string | undefined;
}

/** Opening more connections at once would overflow the backlog of many servers. */
const openAtOnce = 64;

/**
 * Keep-alive connections to one origin. A request takes the connection that was used last and opens a new one when
 * all are busy; how many may be in flight is the executor's business.
 */
export class ConnectionPool {
  readonly #origin: Origin;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #work: WorkTimer;
  readonly #idle: Connection[] = [];
  readonly #open = new Set<Connection>();

  constructor(origin: Origin, timeoutMs: number, clock: Clock, work: WorkTimer) {
    this.#origin = origin;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#work = work;
  }

  /** Opens connections ahead of the load. Throws `target-unreachable` when the first can't be opened. */
  async preconnect(count: number): Promise<void> {
    for (let opened = 0; opened < count; opened += openAtOnce) {
      await Promise.all(Array.from({ length: Math.min(openAtOnce, count - opened) }, () => this.#connectAhead()));
    }
  }

  /** Sends a request; `settle` is called exactly once with its outcome. */
  send(request: WireRequest, settle: (outcome: Outcome) => void): void {
    const connection = this.#idle.pop() ?? this.#connect();
    connection.send(request.method, request.head, request.body, this.#clock.nowMs() + this.#timeoutMs, (outcome) => {
      if (this.#open.has(connection)) this.#idle.push(connection);
      settle(outcome);
    });
  }

  /** Gives up requests whose deadline has passed. Call a few times a second. */
  expire(): void {
    const now = this.#clock.nowMs();
    for (const connection of this.#open) connection.expire(now);
  }

  /** Closes all connections; requests in flight settle as `not-finished`. */
  close(): void {
    for (const connection of [...this.#open]) connection.close();
  }

  #connect(onOpen?: () => void, onFailed?: () => void): Connection {
    const connection = new Connection(
      this.#origin,
      this.#work,
      (closed) => {
        this.#open.delete(closed);
        const position = this.#idle.indexOf(closed);
        if (position >= 0) this.#idle.splice(position, 1);
        onFailed?.();
      },
      onOpen,
    );
    this.#open.add(connection);
    return connection;
  }

  #connectAhead(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#origin;
      const connection = this.#connect(
        () => {
          this.#idle.push(connection);
          resolve();
        },
        () => {
          reject(
            new ProofloadError(
              'target-unreachable',
              `the target at ${hostname}:${port} does not accept connections`,
              'check that the service is running and that host and port are right',
            ),
          );
        },
      );
    });
  }
}
