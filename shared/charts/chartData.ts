import type { RunInterval } from '../run/metrics';
import { isFixedWork } from '../scenario/describe';
import type { Scenario } from '../scenario/schema';
import { durationMsOf } from '../scenario/timing';
import { meanOfKnown } from '../statistics/meanOfKnown';

/** The maximum number of points that can be told apart, which is half the width of a chart in pixels. */
export const maxPoints = 300;

/** A point of a chart: the second and its values. Null is a gap. */
export interface ChartPoint {
  t: number;
  values: Record<string, number | null>;
}

/** Returns the greatest known value; null when there is none. */
export function worst(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** How to fold several seconds into one point. Percentiles are never averaged; the worst second represents all. */
export type Fold = 'worst' | 'mean';

/** One line of a chart. */
export interface Series {
  key: string;
  name: string;
  fold: Fold;
  value(interval: RunInterval): number | null;
}

/** Returns how many seconds the charts of a run have: the planned duration, or the progress so far for fixed work. */
export function shownSeconds(scenario: Pick<Scenario, 'load'>, intervals: readonly RunInterval[]): number {
  if (isFixedWork(scenario.load)) return Math.max(1, intervals.findLast(({ isDraining }) => !isDraining)?.t ?? 0);
  return Math.ceil(durationMsOf(scenario.load) / 1000);
}

/** Returns the seconds of the planned duration, without those in which only the last responses arrived. */
export function plannedIntervals(intervals: readonly RunInterval[], durationS: number): readonly RunInterval[] {
  return intervals.filter(({ t, isDraining }) => t <= Math.max(1, durationS) && !isDraining);
}

/** Returns the values of one interval. */
export function pointOf(interval: RunInterval, series: readonly Series[]): ChartPoint {
  return { t: interval.t, values: Object.fromEntries(series.map(({ key, value }) => [key, value(interval)])) };
}

/**
 * Returns the points of a chart: one per second while at most {@link maxPoints} are visible, otherwise one per equal
 * range of seconds. Seconds without an interval are gaps, and seconds after the planned end are left out. `seenS` is
 * the number of visible seconds; for a zoomed part it covers the whole part.
 */
export function chartPoints(
  intervals: readonly RunInterval[],
  series: readonly Series[],
  durationS: number,
  seenS = durationS,
): ChartPoint[] {
  const shown = plannedIntervals(intervals, durationS);
  const last = shown.at(-1)?.t ?? 0;
  const stride = Math.max(1, Math.ceil(Math.min(last, seenS) / maxPoints));
  const groups = Array.from({ length: Math.ceil(last / stride) }, (): RunInterval[] => []);
  for (const interval of shown) groups[Math.ceil(interval.t / stride) - 1]?.push(interval);
  return groups.map((group, place) => {
    const values: ChartPoint['values'] = {};
    for (const { key, fold, value } of series) values[key] = (fold === 'worst' ? worst : meanOfKnown)(group.map(value));
    return { t: Math.min(last, (place + 1) * stride), values };
  });
}

/** Returns the names with the greatest sums of counts over intervals, greatest first. */
export function heaviestNames(
  intervals: readonly RunInterval[],
  most: number,
  countsOf: (interval: RunInterval) => Readonly<Record<string, number>>,
  weightOf: (interval: RunInterval) => number = () => 1,
): string[] {
  const sums = new Map<string, number>();
  for (const interval of intervals) {
    const counts = countsOf(interval);
    for (const name in counts) sums.set(name, (sums.get(name) ?? 0) + (counts[name] ?? 0) * weightOf(interval));
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name]) => name);
}

/**
 * Returns the average time that requests spent in a part, in ms; 0 when only other parts are known, null when none is,
 * as in a warm-up.
 */
export function partMsOf({ parts }: Pick<RunInterval, 'parts'>, part: string): number | null {
  return parts[part] ?? (Object.keys(parts).length > 0 ? 0 : null);
}

/** Returns how many requests failed with a kind; null when failures are known without their kinds, as in a warm-up. */
export function errorCountOf({ errors, failed }: Pick<RunInterval, 'errors' | 'failed'>, kind: string): number | null {
  return errors[kind] ?? (failed > 0 && Object.keys(errors).length === 0 ? null : 0);
}
