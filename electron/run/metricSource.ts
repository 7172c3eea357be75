import type { RunMetricSource } from '../../shared/thresholds/evaluate';
import type { RunBaseline } from './baseline';
import type { RunTotals } from './runTotals';

/** What is known of a run's integrity: `lostWrites` is null when the store was not audited. */
export interface KnownIntegrity {
  checked: number;
  violations: number;
  lostWrites: number | null;
}

/** The metrics of a run as thresholds see them, so far or at its end. */
export function metricSource(
  totals: RunTotals,
  measuredMs: number,
  integrity: KnownIntegrity,
  baseline?: RunBaseline,
): RunMetricSource {
  const { checked, violations, lostWrites } = integrity;
  return {
    trend: (metric, part) => totals.trend(metric, part),
    secondsHeld: (rule) => totals.secondsHeld(rule),
    growth: (threshold) => totals.growth(threshold),
    baseline: (rule) => baseline?.limitOf(rule),
    share: (metric, part) => {
      switch (metric) {
        case 'cache_hit':
          return totals.cacheHit;
        case 'http_req_failed':
          return totals.failures(part);
        case 'integrity':
          return { count: checked - violations - Math.min(checked - violations, lostWrites ?? 0), of: checked };
        case 'dropped_iterations':
          return { count: totals.dropped, of: measuredMs / 1000 };
        default:
          return { count: totals.completed, of: measuredMs / 1000 };
      }
    },
  };
}
