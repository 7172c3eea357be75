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

interface Wait {
  timeMs: number;
  callback: () => void;
}

/**
 * A clock for arrivals: waits with a timer, then spins on `setImmediate` for the last two milliseconds, so that the
 * event loop goes on polling its sockets meanwhile. The time spun is counted, because it would otherwise pass for
 * work; several waits that end at about the same time spin together.
 */
export class SpinningClock implements Clock {
  static readonly description = 'timer, then spinning on setImmediate for the last 2 ms';
  readonly #activity: () => number;
  readonly #spinning: Wait[] = [];
  readonly #turn = (): void => this.#spin();
  /** Whether a turn of the spinning is to come. */
  #turning = false;
  #lastTurnMs = 0;
  #lastActivity = 0;
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
    // A callback may start or end other waits: each is looked for anew.
    for (let due = this.#dueAt(nowMs); due; due = this.#dueAt(nowMs)) {
      this.#leave(due);
      due.callback();
    }
    if (this.#spinning.length > 0 && !this.#turning) this.#nextTurn();
  }

  /** The earliest of the waits that are over: after a stall they come in the order of their times. */
  #dueAt(nowMs: number): Wait | undefined {
    let earliest: Wait | undefined;
    for (const wait of this.#spinning)
      if (wait.timeMs <= nowMs && (!earliest || wait.timeMs < earliest.timeMs)) earliest = wait;
    return earliest;
  }
}
