import type { Cancel, Clock } from '../../electron/load/clock';

interface Alarm {
  timeMs: number;
  order: number;
  callback: () => void;
}

/** A clock that stands still until it is moved: tests of schedules are exact and take no time. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  nowMs(): number {
    return this.#nowMs;
  }

  wakeAt(timeMs: number, callback: () => void): Cancel {
    this.#order += 1;
    const alarm: Alarm = { timeMs, order: this.#order, callback };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Spends time without anything else happening, as busy code would. */
  spend(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Lets all alarms up to `timeMs` go off in their order. */
  runUntil(timeMs: number): void {
    for (;;) {
      const next = [...this.#alarms]
        .filter((alarm) => alarm.timeMs <= timeMs)
        .sort((a, b) => a.timeMs - b.timeMs || a.order - b.order)[0];
      if (!next) break;
      this.#alarms.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.timeMs);
      next.callback();
    }
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }
}
