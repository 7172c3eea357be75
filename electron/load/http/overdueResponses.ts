import type { Clock } from '../clock';
import type { PooledConnection } from './connection';
import type { IdleConnections } from './idleConnections';

/** A first response can be overdue after this time, and is when it takes so much longer than others lately. */
const leastOverdueMs = 500;
const overdueFactor = 2;
/** So many idle connections are closed at once. */
const mostAtOnce = 64;
/** How much of the longest response is remembered with each that follows. */
const memory = 0.99;

/**
 * Watches connections for their first responses. Those whose responses are overdue may not have been accepted: many
 * servers accept a connection only when another one ends (worker processes of Apache, for one). Where no new connection
 * has been served for a while, idle ones are closed for them (docs/adr/036). A server that is only busy serves some.
 */
export class OverdueResponses {
  readonly #clock: Clock;
  readonly #idle: IdleConnections;
  /** Those that have not brought a response yet, and since when a request is on its way over them. */
  readonly #watched = new Map<PooledConnection, number>();
  /** When a connection brought its first response. */
  #firstMs = Number.NEGATIVE_INFINITY;
  /** Those that wait too long, until one was closed for each. */
  readonly #overdue = new Set<PooledConnection>();
  /** How long a response takes at most of late, over a connection that was used before; NaN when there was none. */
  #longestMs = Number.NaN;
  /** How many idle connections were closed to make room. */
  closedForRoom = 0;

  constructor(clock: Clock, idle: IdleConnections) {
    this.#clock = clock;
    this.#idle = idle;
  }

  /** Whether connections wait for one that can be closed. */
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

  /** A request is on its way over a connection that has not brought a response yet, since `sinceMs`. */
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

  /** Makes room for those that wait too long. */
  #noteOverdue(nowMs: number): void {
    // Not before it is known how long responses take.
    const overdueMs = Math.max(leastOverdueMs, overdueFactor * this.#longestMs);
    for (const [connection, sinceMs] of this.#watched) {
      if (this.#overdue.size >= mostAtOnce) break;
      if (nowMs < sinceMs + overdueMs || Number.isNaN(overdueMs) || connection.served || !connection.usable) continue;
      this.#watched.set(connection, nowMs);
      this.#overdue.add(connection);
    }
    this.makeRoom(0);
  }

  /** Makes room for those that wait too long; `spared` idle connections stay for the next requests. */
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
