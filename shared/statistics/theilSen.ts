import { medianOf } from './medianOf';

/** A point of a series: `x` in the unit of the slope's denominator. */
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

/** Of the standard normal distribution, for 95 % on two sides. */
const z = 1.959964;
/** A series whose neighbours are more alike than this tells nothing of its trend in any interval that ends. */
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

/** The rank of each value, from 0; equal ones have the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

/** How alike neighbours are, 0..1: the lag-1 autocorrelation of ranks, which outliers do not hide. */
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
 * The trend of a series by the median of the slopes between all its points (Theil 1950, Sen 1968): up to 29 % of the
 * points may be anything without moving it far. The interval is Sen's, from the variance of Kendall's statistic
 * (Hollander, Wolfe, Chicken, *Nonparametric Statistical Methods*, 9.4), widened for neighbours that are alike, as in a
 * sawtooth, by what a first-order autoregression leaves of the sample (Bayley and Hammersley 1946). Undefined of fewer
 * than four points.
 */
export function theilSen(points: readonly Point[]): TrendLine | undefined {
  const count = points.length;
  const slopes = slopesOf(points);
  if (count < 4 || slopes.length === 0) return undefined;
  const slope = medianOf(slopes);
  // Points on a line would differ from it by the noise of binary fractions.
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
