import type { Capacity, CapacityStep, LimitingResource } from '../../../shared/run/capacity';
import { CapacityPosterior, type StepNoise } from './posterior';

/** A load that the search wants to see. */
export type StepOrder =
  | { kind: 'concurrency'; vus: number; durationMs: number }
  | { kind: 'rate' | 'confirmation'; rate: number; durationMs: number };

/** What the search needs from its surroundings. */
export interface SearchMeans {
  /** Makes a load and judges it. Undefined when the search is to end. */
  measure(order: StepOrder): Promise<CapacityStep | undefined>;
  /** Time since the search began. */
  elapsedMs(): number;
  /** Which resource a step that did not hold has exhausted. */
  limitOf(step: CapacityStep): LimitingResource;
}

export interface SearchOptions {
  stepMs: number;
  confirmMs: number;
  maxMs: number;
  maxVus: number;
}

/** The interval is narrow enough when its ends differ by this factor. */
const enoughRatio = 1.035;
const concurrencyMs = 1_500;
/** Twice the users that bring less than this factor more throughput bring none. */
const leastGain = 1.1;
/** Step and confirmation, with what it takes to begin and to drain them. */
const overheadMs = 2_000;
const stepNoise: StepNoise = { width: 0.006, lapse: 0.02 };
const confirmationNoise: StepNoise = { width: 0.004, lapse: 0.01 };
/** Steps at low rates take longer, so that their percentiles rest on something. */
const leastSamples = 400;
const longestStretch = 2;
const confirmationSamples = 1_000;
/** Where between the ends of the interval the confirmation is: a rate that the steps have nearly proven. */
const confirmationQuantile = 0.1;
/**
 * After few steps the quantile may lie far below a rate that has just held; the first confirmation goes no further below
 * it than this.
 */
const confirmationMargin = 0.97;
const maxConfirmations = 4;

/**
 * Finds the highest arrival rate that holds (see Capacity). Concurrency is doubled until throughput stops growing,
 * which brackets the capacity; then the offered rate is bisected; the end is a longer run at a rate that the steps
 * have shown to hold. A rate whose confirmation failed is never the result.
 */
export async function searchCapacity(options: SearchOptions, means: SearchMeans): Promise<Capacity> {
  return new Search(options, means).run();
}

class Search {
  readonly #options: SearchOptions;
  readonly #means: SearchMeans;
  readonly #steps: CapacityStep[] = [];
  #stopped = false;

  constructor(options: SearchOptions, means: SearchMeans) {
    this.#options = options;
    this.#means = means;
  }

  async run(): Promise<Capacity> {
    const throughput = await this.#bracket();
    if (throughput <= 0 || this.#stopped) return this.#result(undefined, null);
    const posterior = new CapacityPosterior(throughput / 100, throughput * 2, throughput, 0.25);
    for (let attempt = 0; attempt < maxConfirmations && !this.#stopped; attempt += 1) {
      await this.#bisect(posterior);
      const confirmed = await this.#confirm(posterior, attempt);
      if (confirmed) return this.#result(posterior, confirmed);
    }
    return this.#result(posterior, null);
  }

  /** Doubles the users until they bring no more; returns the highest throughput that was seen. */
  async #bracket(): Promise<number> {
    let best = 0;
    for (let vus = 1; vus <= this.#options.maxVus; vus *= 2) {
      const step = await this.#measure({ kind: 'concurrency', vus, durationMs: concurrencyMs });
      if (!step) break;
      const gain = best > 0 ? step.achievedRate / best : Number.POSITIVE_INFINITY;
      best = Math.max(best, step.achievedRate);
      if (!step.holds || !step.trusted || gain < leastGain) break;
    }
    return best;
  }

  async #bisect(posterior: CapacityPosterior): Promise<void> {
    while (!this.#stopped) {
      const { low, high } = posterior.interval();
      const rate = posterior.quantile(0.5);
      const stepMs = this.#stepMs(rate);
      const leftMs = this.#options.maxMs - this.#means.elapsedMs() - this.#confirmMs(rate) - overheadMs;
      if (high / low <= enoughRatio || leftMs < stepMs + overheadMs) return;
      const step = await this.#measure({ kind: 'rate', rate, durationMs: stepMs });
      if (step) posterior.observe(rate, step.holds && step.trusted, stepNoise);
    }
  }

  /** Holds a rate for longer; returns it if it holds. Each attempt is a little more careful than the last. */
  async #confirm(posterior: CapacityPosterior, attempt: number): Promise<CapacityStep | undefined> {
    const careful = posterior.quantile(confirmationQuantile / (attempt + 1));
    const rate = attempt === 0 ? Math.max(careful, this.#shownToHold() * confirmationMargin) : careful;
    const durationMs = this.#confirmMs(rate);
    if (attempt > 0 && this.#means.elapsedMs() + durationMs > this.#options.maxMs) {
      this.#stopped = true;
      return undefined;
    }
    const step = await this.#measure({ kind: 'confirmation', rate, durationMs });
    if (!step) return undefined;
    const holds = step.holds && step.trusted;
    posterior.observe(rate, holds, confirmationNoise);
    return holds ? step : undefined;
  }

  /** The highest rate that has held below all that have not; 0 without one. */
  #shownToHold(): number {
    const rates = this.#steps.filter(({ kind }) => kind === 'rate');
    const failed = rates.filter(({ holds, trusted }) => !holds || !trusted).map(({ offeredRate = 0 }) => offeredRate);
    const lowestFailed = Math.min(Number.POSITIVE_INFINITY, ...failed);
    const held = rates.map(({ offeredRate = 0 }) => offeredRate).filter((rate) => rate < lowestFailed);
    return Math.max(0, ...held);
  }

  async #measure(order: StepOrder): Promise<CapacityStep | undefined> {
    if (this.#stopped) return undefined;
    const step = await this.#means.measure(order);
    if (step) this.#steps.push(step);
    else this.#stopped = true;
    return step;
  }

  #stepMs(rate: number): number {
    const { stepMs } = this.#options;
    return Math.min(longestStretch * stepMs, Math.max(stepMs, Math.ceil(leastSamples / rate) * 1000));
  }

  #confirmMs(rate: number): number {
    const { confirmMs } = this.#options;
    return Math.min(longestStretch * confirmMs, Math.max(confirmMs, Math.ceil(confirmationSamples / rate) * 1000));
  }

  #result(posterior: CapacityPosterior | undefined, confirmed: CapacityStep | null): Capacity {
    const rate = confirmed?.offeredRate ?? null;
    const limit = this.#limitingStep(rate);
    const limitedBy = limit ? this.#means.limitOf(limit) : 'unknown';
    const interval = rate === null ? undefined : posterior?.interval();
    return {
      rate,
      low: interval && rate !== null ? Math.min(interval.low, rate) : null,
      high: interval?.high ?? null,
      atLeast: rate !== null && limitedBy === 'generator',
      limitedBy,
      steps: this.#steps,
    };
  }

  /** Of the steps that did not hold the one nearest above the result. */
  #limitingStep(rate: number | null): CapacityStep | undefined {
    const above = this.#steps.filter(
      ({ holds, trusted, offeredRate }) => (!holds || !trusted) && (offeredRate ?? 0) > (rate ?? 0),
    );
    const [nearest] = above.sort((a, b) => (a.offeredRate ?? 0) - (b.offeredRate ?? 0));
    return nearest ?? this.#steps.findLast(({ holds, trusted }) => !holds || !trusted) ?? this.#steps.at(-1);
  }
}
