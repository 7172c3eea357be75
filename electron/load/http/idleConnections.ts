import type { PooledConnection } from './connection';

/** The open connections that carry no request. */
export class IdleConnections {
  /** The one that was used last at the end; those that were never used before all others. */
  readonly #connections: PooledConnection[] = [];

  get count(): number {
    return this.#connections.length;
  }

  /** Adds one that has just brought a response. */
  addUsed(connection: PooledConnection): void {
    this.#connections.push(connection);
  }

  /** Adds one. Without a response so far it is the last to be taken: the server may not have accepted it. */
  add(connection: PooledConnection): void {
    if (connection.served) this.#connections.push(connection);
    else this.#connections.unshift(connection);
  }

  /** Takes the one that was used last; those that the server is about to close are closed. */
  take(nowMs: number): PooledConnection | undefined {
    for (let found = this.#connections.pop(); found; found = this.#connections.pop()) {
      if (nowMs < found.usableUntilMs) return found;
      found.close();
    }
    return undefined;
  }

  remove(connection: PooledConnection): void {
    const position = this.#connections.lastIndexOf(connection);
    if (position >= 0) this.#connections.splice(position, 1);
  }

  closeStale(nowMs: number): void {
    for (const connection of this.#connections.filter(({ usableUntilMs }) => nowMs >= usableUntilMs))
      connection.close();
  }

  /**
   * Makes room at a server for a connection that it may not have accepted: closes the one that has been idle longest, if
   * more than `spared` are left, and before it those that were never used, which the server accepts first. Returns how
   * many were closed, and whether one of them was in use before.
   */
  makeRoom(spared: number): { closed: number; hasRoom: boolean } {
    const firstServed = this.#connections.findIndex(({ served }) => served);
    const unused = firstServed < 0 ? this.#connections.length : firstServed;
    const hasRoom = this.#connections.length - unused > spared;
    const superfluous = this.#connections.slice(0, hasRoom ? unused + 1 : unused);
    for (const connection of superfluous) connection.close();
    return { closed: superfluous.length, hasRoom };
  }
}
