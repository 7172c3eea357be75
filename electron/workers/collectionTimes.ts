/** Time in pauses of the garbage collector, in ms. */
export interface CollectionPauses {
  /** Their sum. */
  gcMs: number;
  /** The longest. */
  gcMaxMs: number;
}

/** Windows counts processor time in steps of a clock interrupt, 15.6 ms (learn.microsoft.com, GetProcessTimes). */
const cpuStepMs = 16;

/**
 * Adds up pauses of the garbage collector. V8 measures them by the clock: one during which the process was stopped, or
 * waited for a processor, lasts that long too. A collection computes all the time, so it took at most what the process
 * computed. A pause may be reported with the sample after its own, so what was computed since the last but one counts.
 */
export class CollectionTimes {
  #gcMs = 0;
  #gcMaxMs = 0;
  #lastCpuMs: number;
  #lastButOneCpuMs: number;

  /** `cpuMs` is the processor time of the process so far, of all its threads, in ms. */
  constructor(cpuMs: number) {
    this.#lastCpuMs = cpuMs;
    this.#lastButOneCpuMs = cpuMs;
  }

  /** Adds a pause of this length by the clock, in ms. */
  add(durationMs: number): void {
    this.#gcMs += durationMs;
    this.#gcMaxMs = Math.max(this.#gcMaxMs, durationMs);
  }

  /** Returns the pauses since the previous call. `cpuMs` as in the constructor. */
  take(cpuMs: number): CollectionPauses {
    const mostMs = cpuMs - this.#lastButOneCpuMs + cpuStepMs;
    const pauses = { gcMs: Math.min(this.#gcMs, mostMs), gcMaxMs: Math.min(this.#gcMaxMs, mostMs) };
    this.#lastButOneCpuMs = this.#lastCpuMs;
    this.#lastCpuMs = cpuMs;
    this.#gcMs = 0;
    this.#gcMaxMs = 0;
    return pauses;
  }
}
