import type { Cancel, Clock } from '../clock';
import type { ConnectionEnd, PooledConnection } from './connection';
import type { RequestFailure } from './exchange';
import type { Origin } from './origin';
import { isProxyFailure } from './proxyFailure';
import { targetUnreachable } from './unreachable';

/** The part of a connection that this file uses. */
type OpenedConnection = Pick<PooledConnection, 'close'>;

/** After this time a load starts with the connections that are open. */
const patienceMs = 5_000;

/**
 * Failures, besides those of a proxy, after which a load would be pointless. A server that accepts connections and closes them is not among them:
 * it can be measured.
 */
const hopeless: ReadonlySet<RequestFailure> = new Set([
  'connection-refused',
  'connection-timeout',
  'host-unknown',
  'host-unreachable',
  'tls-failed',
  'certificate-invalid',
  'out-of-files',
  'out-of-ports',
  'http2-unsupported',
]);

/**
 * Opens connections ahead of a load: first one, to see whether the target listens, then the others. It tries each once
 * and stops when one fails or is closed again. The number and the time are limited, and {@link cancel} ends it, because
 * many servers hold only few connections.
 */
export class ConnectingAhead {
  /** Resolves when the load can begin. Rejects with `target-unreachable` when the load would be pointless. */
  readonly finished: Promise<void>;
  readonly #origin: Origin;
  readonly #connect: () => OpenedConnection;
  readonly #atOnce: number;
  readonly #pending = new Set<OpenedConnection>();
  readonly #opened = new Set<OpenedConnection>();
  readonly #cancelPatience: Cancel;
  #left: number;
  #accepted = false;
  #ended = false;
  #resolve = (): void => {};
  #reject = (_error: Error): void => {};

  /** `connect` starts to open a connection. At most `atOnce` connections open at the same time. */
  constructor(origin: Origin, count: number, atOnce: number, clock: Clock, connect: () => OpenedConnection) {
    this.#origin = origin;
    this.#connect = connect;
    this.#atOnce = atOnce;
    this.#left = count;
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#cancelPatience = clock.wakeAt(clock.nowMs() + patienceMs, () => this.#end('connection-timeout', undefined));
    this.#openMore();
  }

  /** Call when the load begins or is abandoned: closes the connections that are not open yet. */
  cancel(): void {
    this.#accepted = true;
    this.#end('not-finished', undefined);
  }

  /** A connection was opened. Returns whether it was one of these. */
  noteOpened(connection: OpenedConnection): boolean {
    if (!this.#pending.delete(connection)) return false;
    this.#accepted = true;
    this.#opened.add(connection);
    this.#openMore();
    return true;
  }

  /** A connection has ended. Returns whether it was one of these and was never open. */
  noteClosed(connection: OpenedConnection, { failure, error }: ConnectionEnd): boolean {
    if (this.#opened.delete(connection)) this.#left = 0;
    if (!this.#pending.delete(connection)) return false;
    this.#left = 0;
    if (this.#pending.size === 0) this.#end(failure, error);
    return true;
  }

  #openMore(): void {
    const atOnce = this.#accepted ? this.#atOnce : 1;
    for (; this.#left > 0 && this.#pending.size < atOnce; this.#left -= 1) this.#pending.add(this.#connect());
    if (this.#pending.size === 0) this.#end('not-finished', undefined);
  }

  #end(failure: RequestFailure, error: Error | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelPatience();
    const pending = [...this.#pending];
    this.#pending.clear();
    this.#left = 0;
    for (const connection of pending) connection.close();
    if (!this.#accepted && (hopeless.has(failure) || isProxyFailure(failure)))
      this.#reject(targetUnreachable(this.#origin, failure, error));
    else this.#resolve();
  }
}
