import type { Clock } from './clock';

/** Adds up the duration of pieces of work. Pieces must not be nested. */
export class WorkTimer {
  #totalMs = 0;

  /** The total so far, in ms. */
  get totalMs(): number {
    return this.#totalMs;
  }

  /** Adds a piece of work that the caller has timed. */
  add(durationMs: number): void {
    this.#totalMs += durationMs;
  }

  measure(work: () => void): void {
    const startedMs = performance.now();
    work();
    this.add(performance.now() - startedMs);
  }

  /** Returns a clock whose callbacks are measured. */
  timed(clock: Clock): Clock {
    return {
      nowMs: () => clock.nowMs(),
      wakeAt: (timeMs, callback) => clock.wakeAt(timeMs, () => this.measure(callback)),
    };
  }
}
