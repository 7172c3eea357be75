import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';

/** The percentile that a share of the values is at or below, in ms. 0 for a share of 0 or less, Infinity above 1. */
export function quantileMs(histogram: LatencyHistogram, share: number): number {
  if (share <= 0) return 0;
  return share > 1 ? Number.POSITIVE_INFINITY : toMs(histogram.percentileUs(100 * share));
}

/** The length of a delay at a quantile from 0 to 1, in ms. */
export type DelayAt = (quantile: number) => number;

/**
 * The sum of two delays: P(a + b > x + y) <= P(a > x) + P(b > y) (Boole's inequality), no matter how they depend on
 * each other. Each delay gets half of the probability above the quantile.
 */
export function sumOfDelays(a: DelayAt, b: DelayAt): DelayAt {
  return (quantile) => {
    const each = 1 - (1 - quantile) / 2;
    return a(each) + b(each);
  };
}

/**
 * The shares of the probability above a percentile that are given to the delay. Each gives a valid bound; the best is
 * used.
 */
const choices = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5];

/**
 * The minimum of a percentile without a delay that is part of the values. If a value is the sum of a time and a delay,
 * then P(time <= q - g) <= P(sum <= q) + P(delay > g) for every g (Boole's inequality). The percentile of the time at p
 * is therefore at least that of the sum at p - e, minus the delay at 1 - e, no matter how the two depend on each other.
 * `delayMsAt` returns the delay at a quantile.
 */
export function leastWithout(histogram: LatencyHistogram, share: number, delayMsAt: DelayAt): number {
  return Math.max(
    ...choices.map((choice) => {
      const given = choice * (1 - share);
      return quantileMs(histogram, share - given) - delayMsAt(1 - given);
    }),
  );
}
