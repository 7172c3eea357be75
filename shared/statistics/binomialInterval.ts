import { incompleteBeta } from './incompleteBeta';

/** An interval. `high` is Infinity when nothing bounds it. */
export interface Interval {
  low: number;
  high: number;
}

const halvings = 60;

/** Finds the point between `from` and `to` from which a condition holds. */
function firstWhere(from: number, to: number, holds: (value: number) => boolean): number {
  let low = from;
  let high = to;
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Returns the exact interval of a share that was observed as `count` of `of` (Clopper and Pearson 1934). Each side is
 * wrong with a probability of at most `tail`. `count` and `of` can be fractional, for an effective number of cases.
 */
export function clopperPearson(count: number, of: number, tail: number): Interval {
  if (of <= 0) return { low: 0, high: 1 };
  return {
    low: count <= 0 ? 0 : firstWhere(0, 1, (share) => incompleteBeta(share, count, of - count + 1) >= tail),
    high: count >= of ? 1 : firstWhere(0, 1, (share) => incompleteBeta(share, count + 1, of - count) >= 1 - tail),
  };
}

/**
 * Returns the ranks among `count` sorted values between which the true quantile lies, as fractions of the count (David
 * and Nagaraja, Order Statistics, 7.1). Each side is wrong with a probability of at most `tail`. `share` is the share
 * of values below the quantile, 0..1. `low` is 0 and `high` is Infinity when no sample bounds it.
 */
export function quantileRanks(share: number, count: number, tail: number): Interval {
  // The share of the population below the r-th value has the distribution Beta(r, n - r + 1).
  const below = (rank: number): number => incompleteBeta(share, rank, count - rank + 1);
  if (count < 1) return { low: 0, high: Number.POSITIVE_INFINITY };
  const lowest = below(1) < 1 - tail ? 0 : firstWhere(1, count, (rank) => below(rank) < 1 - tail);
  const highest = below(count) > tail ? Number.POSITIVE_INFINITY : firstWhere(1, count, (rank) => below(rank) <= tail);
  return { low: lowest / count, high: highest / count };
}
