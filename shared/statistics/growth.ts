import { medianOf } from './medianOf';
import { type Point, theilSen } from './theilSen';

/** By which share a figure grew over a series, with the 95 % interval of that share; an end without bound is infinite. */
export interface Growth {
  value: number;
  low: number;
  high: number;
}

/**
 * The relative growth along the trend of a series, from its first point to its last: 0.5 when the last is half as much
 * again. It is relative to `level`, else to where the trend begins; less than `least` counts as `least`: of next to
 * nothing, a little more is many times as much. Undefined of fewer points than a trend needs, and where there is
 * nothing to begin with.
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

/** A series in `count` stretches of equal length, each as one figure of it: what comes and goes within one is no trend. */
export function stretchesOf(points: readonly Point[], count: number, figure: (ys: number[]) => number): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length <= count) return [...points];
  const length = (last.x - first.x) / count;
  const stretches = Map.groupBy(points, ({ x }) => Math.min(count - 1, Math.floor((x - first.x) / length)));
  return [...stretches]
    .sort(([a], [b]) => a - b)
    .map(([, within]) => ({ x: medianOf(within.map(({ x }) => x)), y: figure(within.map(({ y }) => y)) }));
}
