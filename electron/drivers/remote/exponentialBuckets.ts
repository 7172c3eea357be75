import type { ExponentialPoint } from './otlpSchema';

/** Values of a histogram: each with how many there are of it. */
export type Bucket = readonly [value: number, count: number];

/** The ratio of the bounds of a bucket: 2^(2^-scale). */
function baseOf(scale: number): number {
  return 2 ** (2 ** -scale);
}

/** By how much at most a value that stands for its bucket is above the true one, as a share of itself. */
export function bucketShareOf(scale: number): number {
  return 1 - 1 / baseOf(scale);
}

/**
 * The values of an exponential histogram in ascending order. Bucket `index` holds the values above base^index and up to
 * base^(index + 1) (opentelemetry.io/docs/specs/otel/metrics/data-model, "ExponentialHistogram"). Each bucket stands for
 * its upper bound, so that no percentile is below the true one; minimum and maximum are exact where they are known.
 */
export function exponentialBuckets({ scale, zeroCount, positive, min, max }: ExponentialPoint): Bucket[] {
  const base = baseOf(scale);
  const most = max ?? Number.POSITIVE_INFINITY;
  const zeros: Bucket[] = zeroCount > 0 ? [[0, zeroCount]] : [];
  const others = positive.bucketCounts.flatMap((count, index): Bucket[] =>
    count > 0 ? [[Math.min(base ** (positive.offset + index + 1), most), count]] : [],
  );
  const [first, ...rest] = others;
  if (first === undefined || zeros.length > 0 || min === undefined) return [...zeros, ...others];
  const [value, count] = first;
  return [[min, 1], ...(count > 1 ? [[value, count - 1] as const] : []), ...rest];
}

/**
 * Deals counts to `parts` parts in turn, so that each part has its share of every bucket and the parts differ by at most
 * one in their sum.
 */
export function dealt(buckets: readonly Bucket[], parts: number): Bucket[][] {
  let next = 0;
  const all: Bucket[][] = Array.from({ length: parts }, () => []);
  for (const [value, count] of buckets) {
    const rest = count % parts;
    for (const [part, own] of all.entries()) {
      const isFavoured = (part - next + parts) % parts < rest;
      const share = Math.floor(count / parts) + (isFavoured ? 1 : 0);
      if (share > 0) own.push([value, share]);
    }
    next = (next + rest) % parts;
  }
  return all;
}
