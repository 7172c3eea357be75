import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';

/** A percentile by the share of values at or below it, in ms; 0 below the least and Infinity beyond the greatest. */
export function quantileMs(histogram: LatencyHistogram, share: number): number {
  if (share <= 0) return 0;
  return share > 1 ? Number.POSITIVE_INFINITY : toMs(histogram.percentileUs(100 * share));
}

/** How long a delay is at a quantile 0..1, in ms. */
export type DelayAt = (quantile: number) => number;

/**
 * A delay that is the sum of two: P(a + b > x + y) <= P(a > x) + P(b > y) (Boole's inequality), whatever they have to
 * do with each other; each gets half of what may lie above.
 */
export function sumOfDelays(a: DelayAt, b: DelayAt): DelayAt {
  return (quantile) => {
    const each = 1 - (1 - quantile) / 2;
    return a(each) + b(each);
  };
}

/** How much of what lies above a percentile is given to the delay; any choice bounds it, the best is taken. */
const choices = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5];

/**
 * The least that a percentile can be without a delay that is part of the values. If a value is the sum of a time and a
 * delay, then P(time <= q - g) <= P(sum <= q) + P(delay > g) for every g (Boole's inequality): the percentile of the
 * time at p is at least that of the sum at p - e, less the delay's at 1 - e, whatever the two have to do with each
 * other. `delayMsAt` gives the delay at a quantile.
 */
export function leastWithout(histogram: LatencyHistogram, share: number, delayMsAt: DelayAt): number {
  return Math.max(
    ...choices.map((choice) => {
      const given = choice * (1 - share);
      return quantileMs(histogram, share - given) - delayMsAt(1 - given);
    }),
  );
}
