import { medianOf } from './medianOf';

/** A point of a series. `x` is in the unit of the slope's denominator. */
export interface Point {
  x: number;
  y: number;
}

/** A line through a series: `y = intercept + slope * x`, with the 95 % interval of its slope. */
export interface TrendLine {
  slope: number;
  low: number;
  high: number;
  intercept: number;
}

/** The two-sided 95 % quantile of the standard normal distribution. */
const z = 1.959964;
/** With a higher autocorrelation, a series gives no finite interval for its trend. */
const mostAlike = 0.95;

function slopesOf(points: readonly Point[]): number[] {
  const slopes: number[] = [];
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) {
      if (to.x !== from.x) slopes.push((to.y - from.y) / (to.x - from.x));
    }
  }
  return slopes.sort((a, b) => a - b);
}

/** Returns the rank of each value, from 0. Equal values share their mean rank. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

/** Returns how similar neighbours are, 0..1: the lag-1 autocorrelation of ranks, which outliers do not mask. */
function likeness(values: readonly number[]): number {
  const ranks = ranksOf(values);
  const mean = (ranks.length - 1) / 2;
  let together = 0;
  let all = 0;
  for (const [index, rank] of ranks.entries()) {
    all += (rank - mean) ** 2;
    if (index > 0) together += (rank - mean) * ((ranks[index - 1] ?? 0) - mean);
  }
  return all > 0 ? Math.min(mostAlike, Math.max(0, together / all)) : 0;
}

/**
 * Returns the trend of a series from the median of the slopes between all its points (Theil 1950, Sen 1968). Up to 29 %
 * of the points can be outliers without a large effect. The interval is Sen's, from the variance of Kendall's statistic
 * (Hollander, Wolfe, Chicken, *Nonparametric Statistical Methods*, 9.4). It is widened for similar neighbours, as in a
 * sawtooth, by the effective sample size of a first-order autoregression (Bayley and Hammersley 1946). Undefined with
 * fewer than four points.
 */
export function theilSen(points: readonly Point[]): TrendLine | undefined {
  const count = points.length;
  const slopes = slopesOf(points);
  if (count < 4 || slopes.length === 0) return undefined;
  const slope = medianOf(slopes);
  // Without rounding, points on a line would differ from it by rounding errors of binary fractions.
  const grain = Math.max(...points.map(({ y }) => Math.abs(y))) * 1e-9 || 1;
  const alike = likeness(points.map(({ x, y }) => Math.round((y - slope * x) / grain)));
  const widening = Math.sqrt((1 + alike) / (1 - alike));
  const spread = z * widening * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const below = Math.floor((slopes.length - spread) / 2);
  return {
    slope,
    low: slopes[below] ?? Number.NEGATIVE_INFINITY,
    high: slopes[slopes.length - 1 - below] ?? Number.POSITIVE_INFINITY,
    intercept: medianOf(points.map(({ x, y }) => y - slope * x)),
  };
}
