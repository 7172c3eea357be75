import type { PooledConnection } from './connection';

/** The open connections that carry no request. */
export class IdleConnections {
  /** Never-used connections come first; the one that was used last is at the end. */
  readonly #connections: PooledConnection[] = [];

  get count(): number {
    return this.#connections.length;
  }

  /** Adds a connection that has just brought a response. */
  addUsed(connection: PooledConnection): void {
    this.#connections.push(connection);
  }

  /** Adds a connection. One without a response so far is taken last, because the server may not have accepted it. */
  add(connection: PooledConnection): void {
    if (connection.served) this.#connections.push(connection);
    else this.#connections.unshift(connection);
  }

  /** Takes the connection that was used last. Closes those that the server is about to close. */
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
   * Makes room at a server for a connection that it may not have accepted. Closes all idle connections that were never
   * used, because the server accepts those first. Then closes the one that has been idle longest, if more than `spared`
   * used ones are idle. Returns how many were closed, and whether one of them was in use before.
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
