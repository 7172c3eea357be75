import { performance } from 'node:perf_hooks';

/** Cancels what was started. */
export type Cancel = () => void;

/** The time that executors live by; tests replace it with one that they move themselves. */
export interface Clock {
  /** Milliseconds, monotonic, with a resolution of microseconds. */
  nowMs(): number;
  /** Calls back once at `timeMs` or as soon after it as possible. */
  wakeAt(timeMs: number, callback: () => void): Cancel;
}

/** A clock that wakes with Node's timers: never early, up to about 2 ms late, at no cost. For everything but arrivals. */
export const timerClock: Clock = {
  nowMs: () => performance.now(),
  wakeAt: (timeMs, callback) => {
    let timer: NodeJS.Timeout;
    // Node's timers count whole milliseconds from the start of the turn and may come a fraction early.
    const wake = (): void => {
      if (performance.now() >= timeMs) callback();
      else timer = setTimeout(wake, 1);
    };
    timer = setTimeout(wake, Math.max(0, Math.ceil(timeMs - performance.now())));
    return () => clearTimeout(timer);
  },
};

/** Node's timers have a resolution of 1 ms and may fire 1 ms late: the last stretch is spun. */
const spinMs = 2;
/**
 * A clock for arrivals: waits with a timer, then spins on `setImmediate` for the last two milliseconds, so that the
 * event loop goes on polling its sockets meanwhile. The time spun is counted, because it would otherwise pass for
 * work. One wait at a time.
 */
export class SpinningClock implements Clock {
  static readonly description = 'timer, then spinning on setImmediate for the last 2 ms';
  readonly #activity: () => number;
  #spunMs = 0;

  /** `activity` is a number that changes whenever work is done: turns of the event loop without it were spun. */
  constructor(activity: () => number) {
    this.#activity = activity;
  }

  nowMs(): number {
    return performance.now();
  }

  /** How long the clock has spun without anything else to do. */
  get spunMs(): number {
    return this.#spunMs;
  }

  wakeAt(timeMs: number, callback: () => void): Cancel {
    let cancelled = false;
    let spinning = false;
    let lastTurnMs = performance.now();
    let lastActivity = this.#activity();
    const spin = (): void => {
      if (cancelled) return;
      const now = performance.now();
      const activity = this.#activity();
      if (spinning && activity === lastActivity) this.#spunMs += now - lastTurnMs;
      spinning = true;
      lastTurnMs = now;
      lastActivity = activity;
      if (now >= timeMs) callback();
      else setImmediate(spin);
    };
    const waitMs = timeMs - lastTurnMs - spinMs;
    const timer = waitMs >= 1 ? setTimeout(spin, Math.floor(waitMs)) : undefined;
    if (timer === undefined) setImmediate(spin);
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }
}
