/** Opening more connections at once would overflow the backlog of many servers. */
export const openAtOnce = 64;
/** So many connections in a row that the server closed before it answered are no accident. */
const shunnedInARow = 3;
const firstPauseMs = 100;
const longestPauseMs = 1_000;

/**
 * How many connections may be opened at once. A server that is at its limit (worker_connections of nginx,
 * maxConnections of Node) accepts further ones and closes them before it answers. Requests then wait for one of those
 * that it serves, and whether it takes more is tried with one at a time, after pauses that double.
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
   * How many connections the server closed before it answered, while it served others. None as long as that made no
   * request wait: too few for a pause, or {@link refute | refuted}.
   */
  get shunned(): number {
    return this.#hasPaused ? this.#total : 0;
  }

  /** From when on connections may be opened. */
  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** How many may be in the course of opening now. */
  atOnce(nowMs: number): number {
    return nowMs < this.#pausedUntilMs ? 0 : this.#atOnce;
  }

  /**
   * A new connection has brought its first answer. That there is room for more says only one that was begun, at
   * `startedMs`, after the last one that was closed: those before it may have had to wait for their answers.
   */
  answered(startedMs: number): void {
    if (startedMs <= this.#lastShunnedMs) return;
    this.#shunned = 0;
    this.#pauseMs = 0;
    this.#pausedUntilMs = 0;
    this.#atOnce = Math.min(openAtOnce, 2 * this.#atOnce);
  }

  /**
   * The server has closed a new connection before it answered, and goes on serving others. Returns whether a pause
   * begins.
   */
  noteShunned(nowMs: number): boolean {
    this.#total += 1;
    this.#shunned += 1;
    this.#lastShunnedMs = nowMs;
    if (this.#shunned < shunnedInARow && this.#atOnce === openAtOnce) return false;
    // Those that were opened together are closed together: the pause grows when the next one fails as well.
    if (nowMs < this.#pausedUntilMs) return false;
    this.#hasPaused = true;
    this.#atOnce = 1;
    this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, 2 * this.#pauseMs));
    this.#pausedUntilMs = nowMs + this.#pauseMs;
    return true;
  }

  /** The server serves nothing any more: what was learned of it was that of another time. */
  forget(): void {
    this.#shunned = 0;
    this.#pauseMs = 0;
    this.#pausedUntilMs = 0;
    this.#atOnce = openAtOnce;
    this.#lastShunnedMs = Number.NEGATIVE_INFINITY;
  }

  /** It is for another reason that the server closed connections: nothing of it is to be said either. */
  refute(): void {
    this.forget();
    this.#total = 0;
    this.#hasPaused = false;
  }
}
