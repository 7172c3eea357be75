import { medianOf } from './medianOf';
import { type Point, theilSen } from './theilSen';

/** The share by which a figure grew over a series, with its 95 % interval. An unbounded end is infinite. */
export interface Growth {
  value: number;
  low: number;
  high: number;
}

/**
 * Returns the relative growth along the trend of a series, from its first point to its last: 0.5 means half as much
 * again. It is relative to `level`, by default the start of the trend. A smaller reference than `least` counts as
 * `least`, because a small change of almost nothing is a large ratio. Undefined with fewer points than a trend needs,
 * or with a reference of 0.
 */
export function growthOf(
  points: readonly Point[],
  { least = 0, level }: { least?: number; level?: number } = {},
): Growth | undefined {
  const [first, last] = [points[0], points.at(-1)];
  const line = theilSen(points);
  if (!first || !last || !line) return undefined;
  const from = Math.max(least, level ?? line.intercept + line.slope * first.x);
  if (from <= 0) return undefined;
  const over = (slope: number): number => (slope * (last.x - first.x)) / from;
  return { value: over(line.slope), low: over(line.low), high: over(line.high) };
}

/**
 * Divides a series into `count` ranges of equal length with one figure each. Changes within a range are not a trend.
 */
export function stretchesOf(points: readonly Point[], count: number, figure: (ys: number[]) => number): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length <= count) return [...points];
  const length = (last.x - first.x) / count;
  const stretches = Map.groupBy(points, ({ x }) => Math.min(count - 1, Math.floor((x - first.x) / length)));
  return [...stretches]
    .sort(([a], [b]) => a - b)
    .map(([, within]) => ({ x: medianOf(within.map(({ x }) => x)), y: figure(within.map(({ y }) => y)) }));
}
