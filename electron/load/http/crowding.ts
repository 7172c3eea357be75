/** So many connections that were closed to make room for others are no accident. */
const enough = 3;
const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** What is still closed after this time was not closed for a connection that was opened before. */
const afterEffectMs = 50;
/** By how much the number of places is lowered where connections are closed though there should be room. */
const lowering = 0.9;
/** A server that goes on with fewer than this share of the first number closes connections for a reason of its own. */
const refutingShare = 0.5;

/**
 * How many connections a server holds that closes those which it has just served to make room for new ones, as nginx
 * does at its `worker_connections`. Each new one would then cost others, up to 32 of them. The number is learned from
 * how many were served when that began, and whether there are more is tried one at a time, after pauses that double.
 */
export class Crowding {
  #places = Number.POSITIVE_INFINITY;
  #mostServed = 0;
  #closed = 0;
  #firstPlaces = 0;
  #loweredMs = 0;
  #pauseMs = 0;
  #pausedFromMs = 0;
  #isRefuted = false;
  /** How many connections the server held when it last closed some for others; undefined when it never did. */
  limit: number | undefined;

  /** When the next connection beyond these may be tried. */
  get pausedUntilMs(): number {
    return this.#pausedFromMs + this.#pauseMs;
  }

  /** How many connections may be opened beside the `held` ones. */
  room(held: number, nowMs: number): number {
    return Math.max(0, this.#places - held) + (nowMs >= this.pausedUntilMs ? 1 : 0);
  }

  /** The server serves this many connections. More than it has places for, after a pause, are a try that succeeded. */
  noteServed(count: number, nowMs: number): void {
    this.#mostServed = Math.max(this.#mostServed, count);
    if (count <= this.#places || nowMs < this.pausedUntilMs) return;
    this.#places = count;
    this.limit = count;
    this.#pauseMs = 0;
  }

  /**
   * The server has closed a connection that it had just served, while more requests waited than it has places for.
   * Returns whether a pause begins.
   */
  noteClosed(nowMs: number): boolean {
    if (this.#isRefuted) return false;
    this.#closed += 1;
    if (this.#closed < enough) return false;
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

  /** The server serves nothing any more: what was learned of it was that of another time. */
  forget(): void {
    this.#places = Number.POSITIVE_INFINITY;
    this.#mostServed = 0;
    this.#closed = 0;
    this.#pauseMs = 0;
  }

  /** Connections are closed though none was opened beyond the places: there are fewer, for closes are heard of late. */
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
