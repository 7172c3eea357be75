import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';

/**
 * The upper bounds of the classic buckets of Prometheus, in seconds. They are the defaults of client libraries, with
 * more bounds below and above for services that respond in less than a millisecond or take minutes.
 */
export const classicBoundsS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
] as const;

/**
 * The number of values in each classic bucket, not cumulative, and one more number for all values above the last bound.
 */
export function classicCounts(histogram: LatencyHistogram): number[] {
  const counts = Array.from({ length: classicBoundsS.length + 1 }, () => 0);
  let bucket = 0;
  // Values are recorded to three digits. A recorded bucket counts by its least value, so it is on one side of a bound as
  // a whole.
  histogram.forEachBucket((_greatestUs, count, leastUs) => {
    while (bucket < classicBoundsS.length && leastUs / 1e6 > (classicBoundsS[bucket] ?? 0)) bucket += 1;
    counts[bucket] = (counts[bucket] ?? 0) + count;
  });
  return counts;
}

/** A distribution with buckets that each grow by the same factor, as in OpenTelemetry. Values are in seconds. */
export interface ExponentialBuckets {
  /**
   * Bucket `index` reaches from `base ** index`, exclusive, to `base ** (index + 1)`, where `base` is
   * `2 ** 2 ** -scale`.
   */
  scale: number;
  /** The index of the first bucket. */
  offset: number;
  bucketCounts: number[];
  /** Values that are 0. */
  zeroCount: number;
}

/** The maximum number of buckets: the default of OpenTelemetry SDKs, and what stores of native histograms accept. */
const mostBuckets = 160;
/**
 * The buckets of a latency histogram are at most a thousandth wide. With a finer scale, there would be empty buckets
 * between them.
 */
const finestScale = 8;

/**
 * The exponential histogram of a distribution (OpenTelemetry data model, ExponentialHistogram), as fine as
 * {@link mostBuckets} allows. Each value counts as the greatest of its bucket, as in percentiles.
 */
export function exponentialBuckets(histogram: LatencyHistogram): ExponentialBuckets {
  const values: [valueS: number, count: number][] = [];
  let zeroCount = 0;
  histogram.forEachBucket((valueUs, count) => {
    if (valueUs === 0) zeroCount += count;
    else values.push([valueUs / 1e6, count]);
  });
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last) return { scale: finestScale, offset: 0, bucketCounts: [], zeroCount };
  const indexAt = (valueS: number, scale: number): number => Math.ceil(Math.log2(valueS) * 2 ** scale) - 1;
  let scale = finestScale;
  while (indexAt(last[0], scale) - indexAt(first[0], scale) >= mostBuckets) scale -= 1;
  const offset = indexAt(first[0], scale);
  const bucketCounts = Array.from({ length: indexAt(last[0], scale) - offset + 1 }, () => 0);
  for (const [valueS, count] of values) {
    const place = indexAt(valueS, scale) - offset;
    bucketCounts[place] = (bucketCounts[place] ?? 0) + count;
  }
  return { scale, offset, bucketCounts, zeroCount };
}
