import type { RunMetricSource } from '../../shared/thresholds/evaluate';
import type { HeldRun, RunBaseline } from './baseline';
import type { RunTotals } from './runTotals';

/** What is known of a run's integrity. `lostWrites` is null if the store was not audited. */
export interface KnownIntegrity {
  checked: number;
  violations: number;
  lostWrites: number | null;
}

/** How long all requests would take at the rate of those that ended during the load, in seconds. */
function requestSeconds({ completed, inTime }: RunTotals, measuredMs: number): number {
  if (completed === 0) return measuredMs / 1000;
  return inTime === 0 ? Number.POSITIVE_INFINITY : (measuredMs / 1000) * (completed / inTime);
}

/** The metrics of a run in the form that thresholds read, so far or at its end. */
export function metricSource(
  totals: RunTotals,
  measuredMs: number,
  integrity: KnownIntegrity,
  baseline?: RunBaseline,
): RunMetricSource {
  const { checked, violations, lostWrites } = integrity;
  const source: HeldRun = {
    intervals: totals.intervals,
    trend: (metric, part) => totals.trend(metric, part),
    share: (metric, part) => {
      switch (metric) {
        case 'cache_hit':
          return totals.cacheHit;
        case 'http_req_failed':
          return totals.failures(part);
        case 'integrity':
          return { count: checked - violations - Math.min(checked - violations, lostWrites ?? 0), of: checked };
        case 'checks':
          return totals.journeys.checks(part);
        case 'iterations':
          return { count: totals.iterations(part), of: measuredMs / 1000 };
        case 'dropped_iterations':
          return { count: totals.droppedOf(part), of: measuredMs / 1000 };
        default:
          return { count: totals.completed, of: requestSeconds(totals, measuredMs) };
      }
    },
  };
  return {
    ...source,
    secondsHeld: (rule) => totals.secondsHeld(rule),
    growth: (threshold) => totals.growth(threshold),
    baseline: (rule) => baseline?.limitOf(rule, source),
  };
}
