import type { Capacity, CapacityStep, LimitingResource } from '../../../shared/run/capacity';
import { CapacityPosterior, type StepNoise } from './posterior';

/** A load that the search wants to have measured. */
export type StepOrder =
  | { kind: 'concurrency'; vus: number; durationMs: number }
  | { kind: 'rate' | 'confirmation'; rate: number; durationMs: number };

/** The dependencies of a search. */
export interface SearchDependencies {
  /** Makes a load and judges it. Undefined if the search is to end. */
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
  /** How long users think in an iteration, in ms. Each step takes this much longer to begin and to drain. */
  thinkMs?: number;
}

/** The interval is narrow enough when its ends differ by this factor. */
const enoughRatio = 1.035;
const concurrencyMs = 1_500;
/** If twice the users bring less than this factor more throughput, they count as having brought none. */
const leastGain = 1.1;
/**
 * When users wait for each other, and not each for something slow of its own, the median grows by at least this factor.
 */
const leastMedianGrowth = 1.25;
/** The bracket is only a first guess and may take at most this share of the time. */
const bracketShare = 0.25;
/**
 * The range of rates that is searched, relative to the throughput of the closed loops, and how near to it the capacity
 * is expected.
 */
const lowestShare = 0.002;
const highestShare = 30;
const guessSpread = 0.15;
/** The time that it takes to begin a step or a confirmation and to drain it. */
const plainOverheadMs = 2_000;
const stepNoise: StepNoise = { width: 0.006, lapse: 0.02 };
/**
 * For a step with its queue before the generator, which could do no more or was held up by something that will soon be
 * over.
 */
const distrustNoise: StepNoise = { width: 0.006, lapse: 0.1 };
const undecidedNoise: StepNoise = { width: 0.03, lapse: 0.25 };
const confirmationNoise: StepNoise = { width: 0.004, lapse: 0.01 };
/** The minimum time in which it can be seen whether a queue grows. */
const leastStepMs = 2_000;
/**
 * Steps at low rates take longer, so that their percentiles rest on enough requests. So does a step after an undecided
 * one.
 */
const leastSamples = 400;
const longestStretch = 2;
const confirmationSamples = 1_000;
/** The quantile at which the confirmation is made: a rate that the steps have almost proven. */
const confirmationQuantile = 0.1;
/**
 * After few steps, or after a failed confirmation, the quantile may be far too low. A confirmation goes no further than
 * this factor below the rate that has held, or below the maximum rate of the descent.
 */
const confirmationMargin = 0.97;
/**
 * The maximum rate of the next confirmation, relative to the lowest rate whose confirmation did not hold: down, until
 * one holds. There is a row for each confirmation before it. After one that was too near to a limit to tell, the next
 * goes further down, because a value needs a distance from its limit that a little less load does not give.
 */
const descent = [
  { afterFailed: 0.97, afterUndecided: 0.95 },
  { afterFailed: 0.95, afterUndecided: 0.8 },
  { afterFailed: 0.9, afterUndecided: 0.65 },
  { afterFailed: 0.8, afterUndecided: 0.65 },
  { afterFailed: 0.65, afterUndecided: 0.65 },
  { afterFailed: 0.5, afterUndecided: 0.5 },
  { afterFailed: 0.3, afterUndecided: 0.3 },
] as const;
/**
 * After this many failed confirmations there is no more bisection, and confirmations take half as long: the aim is to
 * find one that holds. The bisection leaves time for all of them and for one of half the time, if that takes no more
 * than this share of the search.
 */
const patientAttempts = 2;
const reservedShare = 0.4;
/**
 * A step that shows the target's limit within this factor above the result outweighs a nearer one in which the
 * generator was held up.
 */
const limitReach = 1.1;

/** Whether a step shows that its rate was too high, for the target or for the generator. */
function isBroken({ holds, trusted }: CapacityStep): boolean {
  return !holds || !trusted;
}

function noiseOf({ kind, trusted, undecided }: CapacityStep): StepNoise {
  if (undecided) return undecidedNoise;
  if (!trusted) return distrustNoise;
  return kind === 'confirmation' ? confirmationNoise : stepNoise;
}

/**
 * Finds the highest arrival rate at which all thresholds pass (see Capacity). Concurrency is doubled until throughput
 * stops growing, which gives a first guess. Then the offered rate is bisected. The search ends with a longer run at a
 * rate that the steps have shown to hold. If that run fails, lower rates follow until one holds or the time is over. A
 * rate whose confirmation failed is never the result.
 */
export async function searchCapacity(options: SearchOptions, dependencies: SearchDependencies): Promise<Capacity> {
  return new Search(options, dependencies).run();
}

class Search {
  readonly #options: SearchOptions;
  readonly #dependencies: SearchDependencies;
  readonly #steps: CapacityStep[] = [];
  #stopped = false;

  constructor(options: SearchOptions, dependencies: SearchDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  async run(): Promise<Capacity> {
    const throughput = await this.#bracket();
    if (throughput <= 0 || this.#stopped) return this.#result(undefined, undefined);
    const lowest = throughput * lowestShare;
    const posterior = new CapacityPosterior(lowest, throughput * highestShare, throughput, guessSpread);
    let likely: CapacityStep | undefined;
    let triedRate = Number.POSITIVE_INFINITY;
    let mostRate = triedRate;
    for (let attempt = 0; ; attempt += 1) {
      if (attempt < patientAttempts) await this.#bisect(posterior, attempt);
      const step = await this.#confirm(posterior, attempt, mostRate);
      if (!step) break;
      if (!isBroken(step)) {
        if (!step.undecided) return this.#result(posterior, step);
        likely = likely ?? step;
      }
      triedRate = Math.min(triedRate, step.offeredRate ?? triedRate);
      const next = descent[attempt];
      if (!next || triedRate <= lowest) break;
      mostRate = triedRate * (step.undecided ? next.afterUndecided : next.afterFailed);
    }
    return this.#result(posterior, likely);
  }

  /** Doubles the users until they only wait for each other. Returns the highest throughput that was seen. */
  async #bracket(): Promise<number> {
    let best: CapacityStep | undefined;
    const { maxMs, maxVus } = this.#options;
    for (let vus = 1; vus <= maxVus && this.#dependencies.elapsedMs() <= maxMs * bracketShare; vus *= 2) {
      const step = await this.#measure({ kind: 'concurrency', vus, durationMs: concurrencyMs });
      if (!step) break;
      const before = best;
      if (!best || step.achievedRate > best.achievedRate) best = step;
      if (step.trusted && !step.holds && !step.undecided) break;
      if (before && step.achievedRate < before.achievedRate * leastGain) {
        // Users that are in the tail bring little and uneven throughput, but they do not change the median.
        const grewBy = (step.p50 ?? 0) / (before.p50 ?? Number.POSITIVE_INFINITY);
        if (grewBy >= leastMedianGrowth || !step.trusted) break;
      }
    }
    return best?.achievedRate ?? 0;
  }

  async #bisect(posterior: CapacityPosterior, attempt: number): Promise<void> {
    while (!this.#stopped) {
      const { low, high } = posterior.interval();
      const rate = posterior.quantile(0.5);
      const stepMs = this.#stepMs(rate);
      const leftMs = this.#options.maxMs - this.#dependencies.elapsedMs() - this.#reservedMs(rate, attempt);
      if (high / low <= enoughRatio || leftMs < stepMs + this.#overheadMs) return;
      const step = await this.#measure({ kind: 'rate', rate, durationMs: stepMs });
      if (step) posterior.observe(rate, !isBroken(step), noiseOf(step));
    }
  }

  /**
   * Measures a rate of at most `mostRate` for longer. The first attempt is made whatever the time, later ones only if
   * there is enough time. Each attempt is a little more careful than the last.
   */
  async #confirm(posterior: CapacityPosterior, attempt: number, mostRate: number): Promise<CapacityStep | undefined> {
    const careful = posterior.quantile(confirmationQuantile / (attempt + 1));
    const least = (attempt === 0 ? this.#shownToHold() : mostRate) * confirmationMargin;
    const rate = Math.min(mostRate, Math.max(careful, least));
    const durationMs = this.#confirmationMs(rate, attempt);
    if (attempt > 0 && this.#dependencies.elapsedMs() + durationMs > this.#options.maxMs) return undefined;
    const step = await this.#measure({ kind: 'confirmation', rate, durationMs });
    if (step) posterior.observe(rate, !isBroken(step), noiseOf(step));
    return step;
  }

  /** The highest rate that has held and is below all rates that have not; 0 if there is none. */
  #shownToHold(): number {
    const rates = this.#steps.filter(({ kind, undecided }) => kind === 'rate' && !undecided);
    const failed = rates.filter(isBroken).map(({ offeredRate = 0 }) => offeredRate);
    const lowestFailed = Math.min(Number.POSITIVE_INFINITY, ...failed);
    const held = rates.map(({ offeredRate = 0 }) => offeredRate).filter((rate) => rate < lowestFailed);
    return Math.max(0, ...held);
  }

  async #measure(order: StepOrder): Promise<CapacityStep | undefined> {
    if (this.#stopped) return undefined;
    const step = await this.#dependencies.measure(order);
    if (step) this.#steps.push(step);
    else this.#stopped = true;
    return step;
  }

  /** The time of a step beyond its duration: journeys think when it begins and when it drains. */
  get #overheadMs(): number {
    return plainOverheadMs + 2 * (this.#options.thinkMs ?? 0);
  }

  #stepMs(rate: number): number {
    const stepMs = Math.max(leastStepMs, this.#options.stepMs);
    const stretch = this.#steps.at(-1)?.undecided ? longestStretch : 1;
    return Math.min(longestStretch * stepMs, Math.max(stretch * stepMs, Math.ceil(leastSamples / rate) * 1000));
  }

  #confirmMs(rate: number): number {
    const { confirmMs } = this.#options;
    return Math.min(longestStretch * confirmMs, Math.max(confirmMs, Math.ceil(confirmationSamples / rate) * 1000));
  }

  #confirmationMs(rate: number, attempt: number): number {
    const wholeMs = this.#confirmMs(rate);
    return attempt < patientAttempts ? wholeMs : Math.max(wholeMs / 2, this.#stepMs(rate));
  }

  /** The time to keep for the confirmations from an attempt on. */
  #reservedMs(rate: number, attempt: number): number {
    const patientMs = (patientAttempts - attempt) * (this.#confirmMs(rate) + this.#overheadMs);
    const allMs = patientMs + this.#confirmationMs(rate, patientAttempts) + this.#overheadMs;
    return Math.max(patientMs, Math.min(allMs, this.#options.maxMs * reservedShare));
  }

  #result(posterior: CapacityPosterior | undefined, confirmed: CapacityStep | undefined): Capacity {
    const rate = confirmed?.offeredRate ?? null;
    const limit = this.#limitingStep(rate ?? 0);
    const limitedBy = limit ? this.#dependencies.limitOf(limit) : 'unknown';
    const interval = rate === null ? undefined : posterior?.interval();
    return {
      rate,
      low: interval && rate !== null ? Math.min(interval.low, rate) : null,
      high: interval && rate !== null ? Math.max(interval.high, rate) : null,
      atLeast: rate !== null && limitedBy === 'generator',
      limitedBy,
      steps: this.#steps,
    };
  }

  /**
   * The nearest step above the result that did not hold. A step that shows the target's limit comes first if it is
   * near.
   */
  #limitingStep(rate: number): CapacityStep | undefined {
    const above = this.#steps
      .filter((step) => isBroken(step) && !step.undecided && (step.offeredRate ?? 0) > rate)
      .sort((a, b) => (a.offeredRate ?? 0) - (b.offeredRate ?? 0));
    const shown = above.find(({ trusted, offeredRate = 0 }) => trusted && offeredRate <= rate * limitReach);
    return shown ?? above[0] ?? this.#steps.findLast(isBroken) ?? this.#steps.at(-1);
  }
}
