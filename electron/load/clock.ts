import { performance } from 'node:perf_hooks';

/** Cancels a pending action. */
export type Cancel = () => void;

/** The time source of executors. Tests replace it with a clock that they advance themselves. */
export interface Clock {
  /** Monotonic time in ms, with a resolution of microseconds. */
  nowMs(): number;
  /** Calls back once, at `timeMs` or as soon after it as possible. */
  wakeAt(timeMs: number, callback: () => void): Cancel;
}

/**
 * A clock that wakes with Node's timers: never early, up to about 2 ms late, without CPU cost. For everything except
 * arrivals.
 */
export const timerClock: Clock = {
  nowMs: () => performance.now(),
  wakeAt: (timeMs, callback) => {
    let timer: NodeJS.Timeout;
    // Node's timers count whole milliseconds from the start of the event-loop turn and may fire a fraction early.
    const wake = (): void => {
      if (performance.now() >= timeMs) callback();
      else timer = setTimeout(wake, 1);
    };
    timer = setTimeout(wake, Math.max(0, Math.ceil(timeMs - performance.now())));
    return () => clearTimeout(timer);
  },
};

/** Node's timers have a resolution of 1 ms and may fire 1 ms late, so the clock spins for the last 2 ms. */
const spinMs = 2;

interface Wait {
  timeMs: number;
  callback: () => void;
}

/**
 * A clock for arrivals. It waits with a timer, then spins on `setImmediate` for the last two milliseconds, so that the
 * event loop continues to poll its sockets. The spun time is counted, because it would otherwise look like work. Waits
 * that end at about the same time spin together.
 */
export class SpinningClock implements Clock {
  static readonly description = 'timer, then spinning on setImmediate for the last 2 ms';
  readonly #activity: () => number;
  readonly #spinning: Wait[] = [];
  readonly #turn = (): void => this.#spin();
  /** Whether a spin turn is scheduled. */
  #turning = false;
  #lastTurnMs = 0;
  #lastActivity = 0;
  #spunMs = 0;

  /**
   * `activity` returns a number that changes whenever work is done. Turns of the event loop without a change are spun
   * time.
   */
  constructor(activity: () => number) {
    this.#activity = activity;
  }

  nowMs(): number {
    return performance.now();
  }

  /** How long the clock has spun without other work, in ms. */
  get spunMs(): number {
    return this.#spunMs;
  }

  wakeAt(timeMs: number, callback: () => void): Cancel {
    const wait: Wait = { timeMs, callback };
    const waitMs = timeMs - performance.now() - spinMs;
    const timer = waitMs >= 1 ? setTimeout(() => this.#join(wait), Math.floor(waitMs)) : undefined;
    if (timer === undefined) this.#join(wait);
    return () => {
      clearTimeout(timer);
      this.#leave(wait);
    };
  }

  #join(wait: Wait): void {
    this.#spinning.push(wait);
    if (this.#turning) return;
    this.#lastTurnMs = performance.now();
    this.#lastActivity = this.#activity();
    this.#nextTurn();
  }

  #leave(wait: Wait): void {
    const index = this.#spinning.indexOf(wait);
    if (index >= 0) this.#spinning.splice(index, 1);
  }

  #nextTurn(): void {
    this.#turning = true;
    setImmediate(this.#turn);
  }

  #spin(): void {
    this.#turning = false;
    const nowMs = performance.now();
    const activity = this.#activity();
    if (activity === this.#lastActivity) this.#spunMs += nowMs - this.#lastTurnMs;
    this.#lastTurnMs = nowMs;
    this.#lastActivity = activity;
    // A callback may start or cancel other waits, so the next one is searched for each time.
    for (let due = this.#dueAt(nowMs); due; due = this.#dueAt(nowMs)) {
      this.#leave(due);
      due.callback();
    }
    if (this.#spinning.length > 0 && !this.#turning) this.#nextTurn();
  }

  /** The earliest wait that is due. After a stall, waits are called in the order of their times. */
  #dueAt(nowMs: number): Wait | undefined {
    let earliest: Wait | undefined;
    for (const wait of this.#spinning)
      if (wait.timeMs <= nowMs && (!earliest || wait.timeMs < earliest.timeMs)) earliest = wait;
    return earliest;
  }
}
