/**
 * A limit is assumed after the server has closed this many connections that it had just served. Fewer may be chance.
 */
const enough = 3;
const firstPauseMs = 100;
const longestPauseMs = 10_000;
/**
 * Closes within this time after a change may still be caused by connections that were opened before it. The first
 * response over a connection can be read before the closes that it cost.
 */
const afterEffectMs = 50;
/** The factor that lowers the number of places when connections are closed although there should be room. */
const lowering = 0.9;
/**
 * When the number of places falls below this share of the first number, the server closes connections for another
 * reason.
 */
const refutingShare = 0.5;

/**
 * Learns how many connections a server holds at once, if it closes connections that it has just served to make room for
 * new ones. nginx does so at its `worker_connections`; each new connection then costs others, up to 32 of them. The
 * first estimate is the highest number of connections that were served when the closes began. After pauses that double,
 * one more connection is tried at a time. It has succeeded when it is served and no close follows.
 */
export class Crowding {
  #places = Number.POSITIVE_INFINITY;
  #mostServed = 0;
  #closed = 0;
  #firstPlaces = 0;
  #loweredMs = 0;
  #pauseMs = 0;
  #pausedFromMs = 0;
  /** An attempt that the server serves: how many connections it serves with it, and since when. */
  #attempt: { served: number; sinceMs: number } | undefined;
  #isRefuted = false;
  /** How many connections the server held when it last closed some for others; undefined if it never did. */
  limit: number | undefined;

  /** When the next connection beyond the limit may be tried. */
  get pausedUntilMs(): number {
    return this.#pausedFromMs + this.#pauseMs;
  }

  /** How many connections may be opened in addition to the `held` ones. */
  room(held: number, nowMs: number): number {
    this.#judgeAttempt(nowMs);
    const mayTry = this.#attempt === undefined && nowMs >= this.pausedUntilMs;
    return Math.max(0, this.#places - held) + (mayTry ? 1 : 0);
  }

  /** The server serves this many connections. After a pause, more connections than places are an attempt. */
  noteServed(count: number, nowMs: number): void {
    this.#mostServed = Math.max(this.#mostServed, count);
    this.#judgeAttempt(nowMs);
    if (count > this.#places && nowMs >= this.pausedUntilMs)
      this.#attempt = { served: count, sinceMs: this.#attempt?.sinceMs ?? nowMs };
  }

  /**
   * The server closed a connection that it had just served, while many requests waited for a connection. Returns
   * whether a pause begins.
   */
  noteClosed(nowMs: number): boolean {
    if (this.#isRefuted) return false;
    this.#closed += 1;
    if (this.#closed < enough) return false;
    this.#judgeAttempt(nowMs);
    this.#attempt = undefined;
    if (nowMs < this.pausedUntilMs) {
      this.#lower(nowMs);
      return false;
    }
    if (!Number.isFinite(this.#places)) this.#firstPlaces = this.#mostServed;
    this.#places = Math.min(this.#places, this.#mostServed);
    this.limit = this.#places;
    this.#loweredMs = nowMs;
    this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, 2 * this.#pauseMs));
    this.#pausedFromMs = nowMs;
    return true;
  }

  /** The server serves no connection any more. Discards what was learned, because its limit may be different later. */
  forget(): void {
    this.#places = Number.POSITIVE_INFINITY;
    this.#mostServed = 0;
    this.#closed = 0;
    this.#pauseMs = 0;
    this.#attempt = undefined;
  }

  /** An attempt has succeeded when no close has followed it. */
  #judgeAttempt(nowMs: number): void {
    if (this.#attempt === undefined || nowMs < this.#attempt.sinceMs + afterEffectMs) return;
    this.#places = this.#attempt.served;
    this.limit = this.#places;
    this.#pauseMs = 0;
    this.#attempt = undefined;
  }

  /**
   * Lowers the number of places: connections are closed although none was opened beyond the limit. The estimate can be
   * too high, because closes are noticed late.
   */
  #lower(nowMs: number): void {
    if (nowMs < this.#loweredMs + afterEffectMs) return;
    this.#places = Math.floor(lowering * this.#places);
    this.limit = this.#places;
    this.#loweredMs = nowMs;
    if (this.#places < refutingShare * this.#firstPlaces) this.#refute();
  }

  #refute(): void {
    this.forget();
    this.limit = undefined;
    this.#isRefuted = true;
  }
}
