import type { Cancel, Clock } from '../../electron/load/clock';

interface Alarm {
  timeMs: number;
  callback: (() => void) | undefined;
}

/** A clock that stands still until it is moved: tests of schedules are exact and take no time. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  /** The next one at the end; of those with the same time the one that was set first. */
  readonly #alarms: Alarm[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  wakeAt(timeMs: number, callback: () => void): Cancel {
    const alarm: Alarm = { timeMs, callback };
    let from = 0;
    for (let to = this.#alarms.length; from < to; ) {
      const middle = (from + to) >>> 1;
      if ((this.#alarms[middle]?.timeMs ?? 0) > timeMs) from = middle + 1;
      else to = middle;
    }
    this.#alarms.splice(from, 0, alarm);
    return () => {
      alarm.callback = undefined;
    };
  }

  /** Spends time without anything else happening, as busy code would. */
  spend(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Lets all alarms up to `timeMs` go off in their order. */
  runUntil(timeMs: number): void {
    for (let next = this.#alarms.at(-1); next && next.timeMs <= timeMs; next = this.#alarms.at(-1)) {
      this.#alarms.pop();
      if (!next.callback) continue;
      this.#nowMs = Math.max(this.#nowMs, next.timeMs);
      next.callback();
    }
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }
}
