import type { LoadPlan, SinglePlan } from './loadPlan';
import type { TickTime } from './tickClock';

/** A tick that begins within this time before a boundary counts as beginning at it, because timers are not exact. */
const boundaryMs = 1;

/** The single loads of a plan, each with its start. */
function partsOf(plan: LoadPlan): readonly { startMs: number; plan: SinglePlan }[] {
  return plan.model === 'several' ? plan.parts : [{ startMs: 0, plan }];
}

/** The inputs of a load's span. */
export interface SpanOptions {
  plan: LoadPlan;
  warmupMs: number;
}

/**
 * The duration of a load. Its rate, the CPU use of its generator and its pauses refer to this time. The wait for
 * responses after the end is not part of it; otherwise one request that hangs would lower the rate. A load with a fixed
 * duration ends after it, or when it is stopped. A fixed number of iterations ends with the last response; a request
 * without a response does not extend it. Several scenarios end with the last one. All times are in ms from the start of
 * the load.
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

  /** When the executor stopped sending; Infinity before. */
  get endedMs(): number {
    return this.#endedMs;
  }

  /** The executor has stopped sending. */
  noteEnd(nowMs: number): void {
    this.#endedMs = Math.min(this.#endedMs, nowMs);
  }

  /** The load is stopped early. Returns false if it had already ended. */
  endEarly(nowMs: number): boolean {
    if (this.#endedEarly || nowMs >= Math.min(this.#endedMs, this.#plan.totalMs)) return false;
    this.#endedEarly = true;
    this.#endedMs = nowMs;
    return true;
  }

  /**
   * Whether the load only waited for the last responses during a tick. This is so if the tick began after the end of
   * the load. It is also so if the load ended during the tick, all of a fixed number of iterations had begun before it,
   * and no response came in it. Without that end, silence can be the work itself, when each iteration takes long. Call
   * it once for each tick, in order.
   */
  isDraining({ elapsedMs, durationMs }: Pick<TickTime, 'elapsedMs' | 'durationMs'>, lastAnsweredMs: number): boolean {
    const isSilent = lastAnsweredMs === this.#answeredBeforeMs;
    const isAwaited = this.#wasWorkedOff && isSilent && Number.isFinite(this.#endedMs);
    this.#answeredBeforeMs = lastAnsweredMs;
    this.#wasWorkedOff = this.#isWorkedOff;
    return isAwaited || elapsedMs - durationMs >= this.#endMs - boundaryMs;
  }

  /** The duration of the measured part. Call it after the end of the load. */
  measuredMs(lastAnsweredMs: number): number {
    const endsWithAnswer = this.#isWorkedOff && !this.#endedEarly && lastAnsweredMs > this.#warmupMs;
    const endMs = endsWithAnswer ? Math.min(this.#endMs, lastAnsweredMs) : this.#endMs;
    return Math.max(0, endMs - this.#warmupMs);
  }

  get #isWorkedOff(): boolean {
    return partsOf(this.#plan).every(({ plan }) => plan.model === 'closed' && plan.budget?.remaining === 0);
  }

  /** The end, as far as it is known. An arrival rate ends after its duration, not with its last arrival. */
  get #endMs(): number {
    const endedMs = Math.min(this.#endedMs, this.#plan.totalMs);
    if (this.#endedEarly) return endedMs;
    const rateEndsMs = partsOf(this.#plan).map(({ startMs, plan }) =>
      plan.model === 'open' ? startMs + plan.totalMs : 0,
    );
    return Math.max(endedMs, ...rateEndsMs);
  }
}
