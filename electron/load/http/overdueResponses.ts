import type { Clock } from '../clock';
import type { PooledConnection } from './connection';
import type { IdleConnections } from './idleConnections';

/**
 * A first response is overdue after this time, or after this multiple of the longest recent response if that is longer.
 */
const leastOverdueMs = 500;
const overdueFactor = 2;
/** The maximum number of connections for which room is made at once. */
const mostAtOnce = 64;
/** The factor by which each response lets the longest recent response time decay. */
const memory = 0.99;

/**
 * Watches connections for their first responses. If a response is overdue, the server may not have accepted the
 * connection: many servers, such as Apache with worker processes, accept one only when another ends. If no new
 * connection has been served for a while, idle ones are closed to make room (docs/adr/036). A server that is only busy
 * still serves some new connections.
 */
export class OverdueResponses {
  readonly #clock: Clock;
  readonly #idle: IdleConnections;
  /** Connections without a response so far, and since when a request has been in flight on each. */
  readonly #watched = new Map<PooledConnection, number>();
  /** When a connection last brought its first response. */
  #firstMs = Number.NEGATIVE_INFINITY;
  /** Connections that wait too long. Each stays here until an idle connection was closed for it. */
  readonly #overdue = new Set<PooledConnection>();
  /** The longest recent response over a connection that was used before, in ms; NaN before the first. */
  #longestMs = Number.NaN;
  /** How many idle connections were closed to make room. */
  closedForRoom = 0;

  constructor(clock: Clock, idle: IdleConnections) {
    this.#clock = clock;
    this.#idle = idle;
  }

  /** Whether connections wait for an idle one that can be closed. */
  get isWaited(): boolean {
    return this.#overdue.size > 0;
  }

  /** A connection that was used before has brought a response. */
  noteResponse(serviceMs: number): void {
    this.#longestMs = Math.max(serviceMs, memory * (this.#longestMs || 0));
  }

  /** A connection has brought its first response. */
  noteFirst(nowMs: number): void {
    this.#firstMs = nowMs;
  }

  /** A request has been in flight since `sinceMs` on a connection that has not brought a response yet. */
  watch(connection: PooledConnection, sinceMs: number): void {
    this.#watched.set(connection, sinceMs);
    this.#look(connection);
  }

  #look(connection: PooledConnection): void {
    this.#clock.wakeAt(this.#clock.nowMs() + leastOverdueMs, () => {
      if (connection.served || !connection.usable) {
        this.#watched.delete(connection);
        return;
      }
      const nowMs = this.#clock.nowMs();
      if (nowMs >= this.#firstMs + leastOverdueMs) this.#noteOverdue(nowMs);
      this.#look(connection);
    });
  }

  /** Finds the connections that wait too long and makes room for them. */
  #noteOverdue(nowMs: number): void {
    // NaN until the duration of a response is known; then no connection is overdue.
    const overdueMs = Math.max(leastOverdueMs, overdueFactor * this.#longestMs);
    for (const [connection, sinceMs] of this.#watched) {
      if (this.#overdue.size >= mostAtOnce) break;
      if (nowMs < sinceMs + overdueMs || Number.isNaN(overdueMs) || connection.served || !connection.usable) continue;
      this.#watched.set(connection, nowMs);
      this.#overdue.add(connection);
    }
    this.makeRoom(0);
  }

  /** Makes room for connections that wait too long. Keeps `spared` idle connections for the next requests. */
  makeRoom(spared: number): void {
    for (const connection of this.#overdue) {
      if (connection.served || !connection.usable) {
        this.#overdue.delete(connection);
        continue;
      }
      const { closed, hasRoom } = this.#idle.makeRoom(spared);
      this.closedForRoom += closed;
      if (!hasRoom) return;
      this.#overdue.delete(connection);
    }
  }
}
