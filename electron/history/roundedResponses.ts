import { heatBinsMs } from '../../shared/run/heat';
import { leastValueUs, rankOf, type SparseHistogram, sparseOfBuckets } from '../../shared/statistics/latencyHistogram';

/*
 * Stores the response times of a second in wider steps. The buckets of HdrHistogram with three digits are up to a
 * thousandth wide. How many of 4,000 requests fall into each is random, and no codec can compress that (docs/adr/039).
 */

/** The numbers of steps from a value to its double, finest first. With 64, a step is at most 1/64 of the value wide. */
const stepsPerDoubling = [64, 48, 32, 16] as const;

/** The percentiles that are kept exactly, with the least and the greatest response time. */
const exactPercentiles = [50, 95, 99] as const;

/**
 * The values, in microseconds, at which a step must begin so that certain counts stay exact: those of the bins of
 * heatmaps and of the buckets of Prometheus (electron/outputs). The upper bound of such a bucket belongs to it.
 */
const bucketBoundsUs = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((power) =>
  [1, 2.5, 3, 5, 6, 7.5].map((factor) => factor * 10 ** power),
);
const boundsUs = [
  ...heatBinsMs.map((ms) => ms * 1_000),
  ...bucketBoundsUs.flatMap((bound) => [bound, bound + 0.5]),
].sort((a, b) => a - b);

/** No histogram has a bucket with this index or a higher one. */
const bucketCount = 22 * 1_024;
const known = new Map<number, readonly number[]>();

/** Returns the first bucket of each step, ascending, and {@link bucketCount} at the end. */
export function stepsOf(perDoubling: number): readonly number[] {
  const found = known.get(perDoubling);
  if (found) return found;
  const steps: number[] = [];
  let bound = 0;
  let before = Number.NaN;
  for (let index = 0; index < bucketCount; index += 1) {
    const leastUs = leastValueUs(index);
    const passed = bound;
    while (leastUs >= (boundsUs[bound] ?? Number.POSITIVE_INFINITY)) bound += 1;
    const number = stepNumber(leastUs, perDoubling);
    if (bound > passed || number !== before) steps.push(index);
    before = number;
  }
  steps.push(bucketCount);
  known.set(perDoubling, steps);
  return steps;
}

/** Returns the number of the step of a value. Steps have equal width from a power of two to the next. */
function stepNumber(valueUs: number, perDoubling: number): number {
  const power = Math.floor(Math.log2(Math.max(1, valueUs)));
  return power * perDoubling + Math.floor((valueUs / 2 ** power - 1) * perDoubling);
}

/** A histogram in steps. */
export interface SteppedHistogram {
  /** The steps that have values, ascending, and their counts. */
  steps: number[];
  counts: number[];
  /** The buckets of the values that are kept exactly, counted from the first bucket of their steps. */
  offsets: number[];
}

/** The ranks of the values that are kept exactly: least, P50, P95, P99, greatest. */
function exactRanks(count: number): number[] {
  return [1, ...exactPercentiles.map((percentile) => rankOf(percentile, count)), count];
}
/** How many values of a histogram are kept exactly. */
export const exactCount = exactPercentiles.length + 2;

/** Counts the values of a histogram by `steps`, in the form that {@link stepsOf} returns. */
export function toSteps({ indexes, counts, count }: SparseHistogram, steps: readonly number[]): SteppedHistogram {
  const stepped: SteppedHistogram = { steps: [], counts: [], offsets: [] };
  const ranks = exactRanks(count);
  let step = 0;
  let seen = 0;
  for (let entry = 0; entry < indexes.length; entry += 1) {
    const index = indexes[entry] ?? 0;
    const times = counts[entry] ?? 0;
    while ((steps[step + 1] ?? bucketCount) <= index) step += 1;
    const last = stepped.steps.length - 1;
    if (stepped.steps[last] === step) stepped.counts[last] = (stepped.counts[last] ?? 0) + times;
    else {
      stepped.steps.push(step);
      stepped.counts.push(times);
    }
    for (const rank of ranks) if (rank > seen && rank <= seen + times) stepped.offsets.push(index - (steps[step] ?? 0));
    seen += times;
  }
  return stepped;
}

/** Buckets in the order of their indexes. */
class Buckets {
  readonly #indexes: number[] = [];
  readonly #counts: number[] = [];

  get last(): number {
    return this.#indexes.at(-1) ?? 0;
  }

  add(index: number, times: number): void {
    if (times <= 0) return;
    const last = this.#indexes.length - 1;
    if (this.#indexes[last] === index) this.#counts[last] = (this.#counts[last] ?? 0) + times;
    else {
      this.#indexes.push(index);
      this.#counts.push(times);
    }
  }

  get histogram(): SparseHistogram {
    return sparseOfBuckets(this.#indexes, this.#counts);
  }
}

/**
 * Returns a histogram from steps. A value lies at the next exact value of its step, which thus keeps its rank. Values
 * after the last exact one lie in the middle of the step.
 */
export function fromSteps(stepped: SteppedHistogram, steps: readonly number[]): SparseHistogram {
  const count = stepped.counts.reduce((sum, times) => sum + times, 0);
  const ranks = exactRanks(count);
  const buckets = new Buckets();
  let done = 0;
  let next = 0;
  for (const [entry, step] of stepped.steps.entries()) {
    const first = steps[step] ?? 0;
    const end = done + (stepped.counts[entry] ?? 0);
    for (; (ranks[next] ?? Number.POSITIVE_INFINITY) <= end; next += 1) {
      buckets.add(first + (stepped.offsets[next] ?? 0), (ranks[next] ?? 0) - done);
      done = Math.max(done, ranks[next] ?? 0);
    }
    const middle = (first + (steps[step + 1] ?? first + 1) - 1) >> 1;
    buckets.add(Math.max(middle, buckets.last), end - done);
    done = end;
  }
  return buckets.histogram;
}

/**
 * The maximum size of a second of response times, in bytes, when packed quickly. Two minutes then take 40 KB when
 * packed small.
 */
const secondBytes = 390;

/**
 * Returns how many steps a doubling needs, so that `packedBytes` returns at most 390 bytes for each of `seconds`;
 * undefined where all buckets can be kept. If even the widest steps are not enough, they are returned.
 */
export function stepsWithin(
  seconds: number,
  packedBytes: (perDoubling: number | undefined) => number,
): number | undefined {
  const isEnough = (perDoubling: number | undefined): boolean => packedBytes(perDoubling) <= secondBytes * seconds;
  if (isEnough(undefined)) return undefined;
  return stepsPerDoubling.find(isEnough) ?? stepsPerDoubling.at(-1);
}
