import type { Clock } from '../clock';
import type { PooledConnection } from './connection';
import type { IdleConnections } from './idleConnections';

/** A first response can be overdue after this time, and is when it takes so much longer than others lately. */
const leastOverdueMs = 500;
const overdueFactor = 2;
/** How much of the longest response is remembered with each that follows. */
const memory = 0.99;

/**
 * Watches connections for their first responses. One whose response is overdue may not have been accepted: many servers
 * accept a connection only when another one ends (worker processes of Apache, for one). Then an idle one is closed for
 * it (docs/adr/036).
 */
export class OverdueResponses {
  readonly #clock: Clock;
  readonly #idle: IdleConnections;
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

  /** A request is on its way over a connection that has not brought a response yet, since `sinceMs`. */
  watch(connection: PooledConnection, sinceMs: number): void {
    this.#clock.wakeAt(this.#clock.nowMs() + leastOverdueMs, () => {
      if (connection.served || !connection.usable) return;
      const nowMs = this.#clock.nowMs();
      // Not before it is known how long responses take.
      const isOverdue = nowMs >= sinceMs + Math.max(leastOverdueMs, overdueFactor * this.#longestMs);
      if (isOverdue) {
        this.#overdue.add(connection);
        this.makeRoom(0);
      }
      this.watch(connection, isOverdue ? nowMs : sinceMs);
    });
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
