import { quantileRanks } from '../statistics/binomialInterval';
import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { wilsonInterval } from '../statistics/wilson';
import type { Share } from '../thresholds/evaluate';

/*
 * Estimates how much two equal runs differ by chance, from their own counts. The noise of a machine (runNoise.ts) is
 * known for P50, P95 and P99. For rarer values and for shares, the uncertainty comes from the run itself.
 */

/** One-sided, for each of two intervals. Equal runs have intervals without overlap with a probability of 1 in 300. */
const tail = 0.025;
/** One-sided, for a difference. Equal runs exceed it in 1 of 200 cases. */
const differenceZ = 2.576;
/** The probability that this many seconds of one run exceed all seconds of an equal run. */
const exceedance = 0.01;

/** The factors by which the true percentile may be below and above the measured one. */
export interface PercentileReach {
  below: number;
  /** Infinite when there are too few values to bound it. */
  above: number;
}

/**
 * Returns how far the true percentile of `count` values with this distribution may be from the measured one, with 97.5
 * % on each side. It uses the order statistics around a quantile, for any distribution. `histogram` must not be empty.
 */
export function percentileReach(histogram: LatencyHistogram, percentile: number, count: number): PercentileReach {
  const ranks = quantileRanks(percentile / 100, count, tail);
  const value = histogram.percentileUs(percentile);
  const low = ranks.low > 0 ? histogram.percentileUs(100 * ranks.low) : 0;
  const high = ranks.high <= 1 ? histogram.percentileUs(100 * ranks.high) : Number.POSITIVE_INFINITY;
  return { below: low > 0 ? Math.max(1, value / low) : Number.POSITIVE_INFINITY, above: Math.max(1, high / value) };
}

/**
 * Returns the factor by which the maximum of a run may exceed that of an equal run, from the maxima of their seconds. A
 * single value bounds nothing: a stall that occurs once in ten runs is in only one of two equal runs in a fifth of the
 * pairs, however long it lasts. But the probability that the `k` greatest of all seconds belong to the same run is
 * about 2^-k, for any distribution (S. Rosenbaum, Tables for a nonparametric test of location, Ann. Math. Stat. 25,
 * 1954). Therefore a run's maximum counts only as much as its seventh greatest second does, for runs of equal length.
 * Infinite with too few seconds.
 */
export function maximumFactor(higher: readonly number[], lower: readonly number[]): number {
  const descending = [...higher].sort((a, b) => b - a);
  const all = higher.length + lower.length;
  let probability = 1;
  for (const [index, value] of descending.entries()) {
    probability *= (higher.length - index) / (all - index);
    if (probability <= exceedance) return value > 0 ? (descending[0] ?? 0) / value : Number.POSITIVE_INFINITY;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Returns how many cases count as one because they occur in bursts: the variance of the counts of seconds divided by
 * that of independent cases, at least 1 (J. N. K. Rao and A. J. Scott, A simple method for the analysis of clustered
 * binary data, Biometrics 48, 1992).
 */
function designEffect(seconds: readonly Share[]): number {
  const asked = seconds.filter(({ of }) => of > 0);
  const of = asked.reduce((sum, second) => sum + second.of, 0);
  const share = asked.reduce((sum, { count }) => sum + count, 0) / of;
  if (asked.length < 2 || share <= 0 || share >= 1) return 1;
  const squares = asked.reduce((sum, second) => {
    const expected = second.of * share;
    return sum + (second.count - expected) ** 2 / (expected * (1 - share));
  }, 0);
  return Math.max(1, squares / (asked.length - 1));
}

/** A share of a run, and of each of its seconds if known. */
export interface ShareOfRun extends Share {
  seconds: readonly Share[];
}

function shareInterval({ count, of }: Share, effect: number): { share: number; low: number; high: number } {
  return { share: of > 0 ? count / of : 0, ...wilsonInterval(count / effect, of / effect, differenceZ) };
}

/**
 * Returns by how much the share of one run may exceed (or, with `isAbove` false, fall below) `factor` times that of an
 * equal run by chance. It is the difference of two proportions, from the score interval of each (R. G. Newcombe,
 * Statistics in Medicine 17, 1998, method 10).
 */
export function shareAllowance(run: ShareOfRun, base: ShareOfRun, factor: number, isAbove: boolean): number {
  // Equal runs have equal bursts. The run with the stronger observed bursts represents both.
  const effect = Math.max(designEffect(run.seconds), designEffect(base.seconds));
  const [own, other] = [shareInterval(run, effect), shareInterval(base, effect)];
  return isAbove
    ? Math.hypot(own.share - own.low, factor * (other.high - other.share))
    : Math.hypot(own.high - own.share, factor * (other.share - other.low));
}
