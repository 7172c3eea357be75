import { heatBinsMs } from '../../shared/run/heat';
import { leastValueUs, rankOf, type SparseHistogram, sparseOfBuckets } from '../../shared/statistics/latencyHistogram';

/*
 * Response times of a second in wider steps. The buckets of HdrHistogram with three digits are up to a thousandth wide,
 * and how many of 4,000 requests fall into each is chance: no codec makes it small (docs/adr/039).
 */

/** How many steps a doubling of the response time has, from the finest: a step is at most this fraction wide. */
const stepsPerDoubling = [64, 48, 32, 16] as const;

/** The percentiles that are kept exactly, with the least and the greatest response time. */
const exactPercentiles = [50, 95, 99] as const;

/**
 * Values in microseconds at which a step begins, so that what is counted by them stays the same: the bins of heatmaps,
 * and the buckets of Prometheus (electron/outputs), to which their upper bounds belong.
 */
const bucketBoundsUs = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((power) =>
  [1, 2.5, 3, 5, 6, 7.5].map((factor) => factor * 10 ** power),
);
const boundsUs = [
  ...heatBinsMs.map((ms) => ms * 1_000),
  ...bucketBoundsUs.flatMap((bound) => [bound, bound + 0.5]),
].sort((a, b) => a - b);

/** No histogram has a bucket of this index, nor beyond. */
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

/** Steps of equal width from a power of two to the next. */
function stepNumber(valueUs: number, perDoubling: number): number {
  const power = Math.floor(Math.log2(Math.max(1, valueUs)));
  return power * perDoubling + Math.floor((valueUs / 2 ** power - 1) * perDoubling);
}

/** A histogram in steps. */
export interface SteppedHistogram {
  /** Which steps have values, ascending, and how many. */
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

/** Counts the values of a histogram by `steps`, the first buckets of which are given as {@link stepsOf} does. */
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
 * Returns a histogram of values in steps: each is in the middle of its step, or where the next one of this step is that
 * is kept exactly, which so keeps its rank.
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

/** What a second of response times may take, packed quickly; two minutes take 40 KB when they are packed small. */
const secondBytes = 390;

/**
 * Returns how many steps a doubling needs, so that what `packedBytes` tells is within 390 bytes for each of `seconds`;
 * undefined where all buckets can be kept. Beyond the widest steps response times stay larger.
 */
export function stepsWithin(
  seconds: number,
  packedBytes: (perDoubling: number | undefined) => number,
): number | undefined {
  const isEnough = (perDoubling: number | undefined): boolean => packedBytes(perDoubling) <= secondBytes * seconds;
  if (isEnough(undefined)) return undefined;
  return stepsPerDoubling.find(isEnough) ?? stepsPerDoubling.at(-1);
}
