import type { LoadPlan } from './loadPlan';
import type { TickTime } from './tickClock';

/** A tick that begins so shortly before a boundary began at it: timers are not exact. */
const boundaryMs = 1;

/** What a load's span is found from. */
export interface SpanOptions {
  plan: LoadPlan;
  warmupMs: number;
}

/**
 * How long a load goes on: the time that its rate, the work of its generator and its pauses are about. What is waited
 * for after its end is no part of it, or one request that hangs would divide the rate. A load of a length ends then, or
 * when it is stopped. Fixed work ends with the last answer: a request that never had one does not stretch it. All times
 * in ms from the start of the load.
 */
export class LoadSpan {
  readonly #plan: LoadPlan;
  readonly #warmupMs: number;
  #endedMs = Number.POSITIVE_INFINITY;
  #endedEarly = false;
  #wasWorkedOff = false;
  #answeredBeforeMs = 0;

  constructor({ plan, warmupMs }: SpanOptions) {
    this.#plan = plan;
    this.#warmupMs = warmupMs;
  }

  /** When the executor sent nothing more; infinite before. */
  get endedMs(): number {
    return this.#endedMs;
  }

  /** The executor sends nothing more. */
  noteEnd(nowMs: number): void {
    this.#endedMs = Math.min(this.#endedMs, nowMs);
  }

  /** The load is cut short. Returns whether it was: one that had ended before is not. */
  endEarly(nowMs: number): boolean {
    if (this.#endedEarly || nowMs >= Math.min(this.#endedMs, this.#plan.totalMs)) return false;
    this.#endedEarly = true;
    this.#endedMs = nowMs;
    return true;
  }

  /**
   * Whether in a tick only last answers were awaited: it began after the end of the load, or the end came in it, all of
   * a fixed number of iterations had been given out before and none was answered. Without the end a silence may be the
   * work itself, of which each iteration takes long. Ask it for each tick in turn, once.
   */
  isDraining({ elapsedMs, durationMs }: Pick<TickTime, 'elapsedMs' | 'durationMs'>, lastAnsweredMs: number): boolean {
    const isSilent = lastAnsweredMs === this.#answeredBeforeMs;
    const isAwaited = this.#wasWorkedOff && isSilent && Number.isFinite(this.#endedMs);
    this.#answeredBeforeMs = lastAnsweredMs;
    this.#wasWorkedOff = this.#isWorkedOff;
    return isAwaited || elapsedMs - durationMs >= this.#endMs - boundaryMs;
  }

  /** The length of the measured part, at its end. */
  measuredMs(lastAnsweredMs: number): number {
    const endsWithAnswer = this.#isWorkedOff && !this.#endedEarly && lastAnsweredMs > this.#warmupMs;
    const endMs = endsWithAnswer ? Math.min(this.#endMs, lastAnsweredMs) : this.#endMs;
    return Math.max(0, endMs - this.#warmupMs);
  }

  get #isWorkedOff(): boolean {
    return this.#plan.model === 'closed' && this.#plan.budget?.remaining === 0;
  }

  /** The end as far as it is known. An arrival rate ends with its time, and not with its last arrival. */
  get #endMs(): number {
    const { model, totalMs } = this.#plan;
    return model === 'closed' || this.#endedEarly ? Math.min(this.#endedMs, totalMs) : totalMs;
  }
}
