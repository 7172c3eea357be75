import type { RunInterval } from '../run/metrics';
import { isFixedWork } from '../scenario/describe';
import type { Scenario } from '../scenario/schema';
import { durationMsOf } from '../scenario/timing';
import { meanOfKnown } from '../statistics/meanOfKnown';

/** More points than half the width of a chart in pixels can't be told apart. */
export const maxPoints = 300;

/** A point of a chart: the second, and what it shows of it. Null is a gap. */
export interface ChartPoint {
  t: number;
  values: Record<string, number | null>;
}

/** The greatest of the values that are known; null when none is. */
export function worst(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** How several seconds become one point: percentiles are never averaged, the worst second stands for all. */
export type Fold = 'worst' | 'mean';

/** One line of a chart. */
export interface Series {
  key: string;
  name: string;
  fold: Fold;
  value(interval: RunInterval): number | null;
}

/** How many seconds the charts of a run have: as planned, or as far as work has come that ends when it is done. */
export function shownSeconds(scenario: Pick<Scenario, 'load'>, intervals: readonly RunInterval[]): number {
  if (isFixedWork(scenario.load)) return Math.max(1, intervals.findLast(({ isDraining }) => !isDraining)?.t ?? 0);
  return Math.ceil(durationMsOf(scenario.load) / 1000);
}

/** The seconds of the planned duration, without those in which only the last answers came. */
export function plannedIntervals(intervals: readonly RunInterval[], durationS: number): readonly RunInterval[] {
  return intervals.filter(({ t, isDraining }) => t <= Math.max(1, durationS) && !isDraining);
}

/** What one interval shows. */
export function pointOf(interval: RunInterval, series: readonly Series[]): ChartPoint {
  return { t: interval.t, values: Object.fromEntries(series.map(({ key, value }) => [key, value(interval)])) };
}

/**
 * The points of a chart: one per second as long as at most {@link maxPoints} are seen at once, else one per equal
 * stretch of seconds. Seconds without an interval are gaps, seconds after the planned end are left out. `seenS` is how
 * many seconds are seen at once: of a part that is zoomed in on, all.
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

/** Of what intervals count by name, the names with the greatest sums, the greatest first. */
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

/** What the mean request spent in a part, in ms: 0 where only others are known, null where none is, as in a warm-up. */
export function partMsOf({ parts }: Pick<RunInterval, 'parts'>, part: string): number | null {
  return parts[part] ?? (Object.keys(parts).length > 0 ? 0 : null);
}

/** How many requests failed in a way: null where they failed and it is not known how, as in a warm-up. */
export function errorCountOf({ errors, failed }: Pick<RunInterval, 'errors' | 'failed'>, kind: string): number | null {
  return errors[kind] ?? (failed > 0 && Object.keys(errors).length === 0 ? null : 0);
}
