import { plannedIntervals, shownSeconds, worst } from '../charts/chartData';
import type { ImportedInterval } from '../interchange/importedResult';
import type { RunDocument } from '../run/document';
import { meanOfKnown } from '../statistics/meanOfKnown';
import type { TimePoint } from './comparison';

/** Six lines with this many points are drawn without blocking the window. */
const maxPoints = 150;

/** Returns the planned seconds of a run, without those in which only the last responses arrived. */
export function pointsOfRun({ scenario, intervals }: Pick<RunDocument, 'scenario' | 'intervals'>): TimePoint[] {
  return plannedIntervals(intervals, shownSeconds(scenario, intervals)).map(
    ({ t, rate, p50, p95, p99, count, failed, cacheHitRate }) => ({
      t,
      rate,
      p50,
      p95,
      p99,
      failedRate: count > 0 ? failed / count : null,
      cacheHitRate,
    }),
  );
}

/** Returns the intervals of an imported result. */
export function pointsOfResult(intervals: readonly ImportedInterval[]): TimePoint[] {
  return intervals.map(({ t, lengthS, count, failed, p50, p95, p99 }) => ({
    t,
    rate: count / lengthS,
    p50,
    p95,
    p99,
    failedRate: failed !== null && count > 0 ? failed / count : null,
    cacheHitRate: null,
  }));
}

/**
 * Returns at most {@link maxPoints} points over the time axis. Percentiles are never averaged; the worst represents
 * all.
 */
export function folded(points: readonly TimePoint[]): TimePoint[] {
  const stride = Math.ceil(points.length / maxPoints);
  if (stride <= 1) return [...points];
  const groups: TimePoint[] = [];
  for (let from = 0; from < points.length; from += stride) {
    const group = points.slice(from, from + stride);
    const meanOfGroup = (key: 'rate' | 'failedRate' | 'cacheHitRate'): number | null =>
      meanOfKnown(group.map((point) => point[key]));
    const worstOf = (key: 'p50' | 'p95' | 'p99'): number | null => worst(group.map((point) => point[key]));
    groups.push({
      t: group.at(-1)?.t ?? 0,
      rate: meanOfGroup('rate'),
      p50: worstOf('p50'),
      p95: worstOf('p95'),
      p99: worstOf('p99'),
      failedRate: meanOfGroup('failedRate'),
      cacheHitRate: meanOfGroup('cacheHitRate'),
    });
  }
  return groups;
}
