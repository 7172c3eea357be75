/** The maximum number of connections that open at once. More would overflow the backlog of many servers. */
export const openAtOnce = 64;
/**
 * Opening pauses after the server has closed this many new connections in a row before it answered. Fewer may be
 * chance.
 */
const shunnedInARow = 3;
const firstPauseMs = 100;
const longestPauseMs = 1_000;

/**
 * Decides how many connections may open at once. A server that has reached its limit (worker_connections of nginx,
 * maxConnections of Node) accepts further connections and closes them before it answers. Requests then wait for a
 * connection that the server serves. After pauses that double, one new connection at a time tests whether the server
 * takes more.
 */
export class OpeningPace {
  #atOnce = openAtOnce;
  #shunned = 0;
  #pauseMs = 0;
  #pausedUntilMs = 0;
  #lastShunnedMs = Number.NEGATIVE_INFINITY;
  #total = 0;
  #hasPaused = false;

  /**
   * How many connections the server closed before it answered, while it served others. 0 as long as no request waited
   * for that reason: there were too few for a pause, or {@link refute} was called.
   */
  get shunned(): number {
    return this.#hasPaused ? this.#total : 0;
  }

  /** When connections may be opened again. */
  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** The maximum number of connections that may be opening now. */
  atOnce(nowMs: number): number {
    return nowMs < this.#pausedUntilMs ? 0 : this.#atOnce;
  }

  /**
   * A new connection has brought its first response. It shows that there is room for more only if it was started, at
   * `startedMs`, after the last close. Earlier connections may have waited for their responses.
   */
  answered(startedMs: number): void {
    if (startedMs <= this.#lastShunnedMs) return;
    this.#shunned = 0;
    this.#pauseMs = 0;
    this.#pausedUntilMs = 0;
    this.#atOnce = Math.min(openAtOnce, 2 * this.#atOnce);
  }

  /** The server closed a new connection before it answered, and still serves others. Returns whether a pause begins. */
  noteShunned(nowMs: number): boolean {
    this.#total += 1;
    this.#shunned += 1;
    this.#lastShunnedMs = nowMs;
    if (this.#shunned < shunnedInARow && this.#atOnce === openAtOnce) return false;
    // Connections that were opened together are closed together. The pause grows only when the next attempt fails as
    // well.
    if (nowMs < this.#pausedUntilMs) return false;
    this.#hasPaused = true;
    this.#atOnce = 1;
    this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, 2 * this.#pauseMs));
    this.#pausedUntilMs = nowMs + this.#pauseMs;
    return true;
  }

  /** The server serves no connection any more. Discards what was learned, because its limit may be different later. */
  forget(): void {
    this.#shunned = 0;
    this.#pauseMs = 0;
    this.#pausedUntilMs = 0;
    this.#atOnce = openAtOnce;
    this.#lastShunnedMs = Number.NEGATIVE_INFINITY;
  }

  /** The server closes connections for another reason. Discards what was learned, so that no warning mentions it. */
  refute(): void {
    this.forget();
    this.#total = 0;
    this.#hasPaused = false;
  }
}
