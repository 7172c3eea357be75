import { type AdjustedSummary, summariseAdjusted } from '../statistics/adjustedSummary';
import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { samplesNeeded } from '../statistics/latencySummary';
import { formatLatency } from '../units/format';
import type { RunMetrics } from './metrics';

/** How a latency without bound is written. */
export const unboundedText = 'no bound';
/** What the percentiles over all intended requests are called beside those of the answered ones. */
export const adjustedName = 'all intended';

/** Percentiles over all intended requests, and how many those are. */
export interface Adjusted {
  count: number;
  percentiles: AdjustedSummary;
}

/**
 * The percentiles over all intended requests where those that are shown differ from those of the answered ones;
 * undefined where they read the same, and of a document that has none.
 */
export function adjustedOf(metrics: RunMetrics): Adjusted | undefined {
  const { http_req_duration: plain, http_req_duration_adjusted: percentiles, http_reqs, dropped_iterations } = metrics;
  if (!percentiles) return undefined;
  const isSame = (['p50', 'p90', 'p95', 'p99'] as const).every(
    (key) => percentiles[key] !== null && formatLatency(percentiles[key]) === formatLatency(plain[key]),
  );
  return isSame ? undefined : { count: http_reqs.count + dropped_iterations.count, percentiles };
}

/** A percentile over all intended requests as it is shown: a dash where it rests on too few. */
export function formatAdjusted(percentile: number, valueMs: number | null, count: number): string {
  if (count < samplesNeeded(percentile)) return formatLatency(null);
  return valueMs === null ? unboundedText : formatLatency(valueMs);
}

/**
 * The percentiles over all intended requests that runs are compared by. Of a document that has none (one before version
 * 0.2), those over all that ended: `answered` is its distribution of right answers.
 */
export function comparablePercentiles(metrics: RunMetrics, answered: LatencyHistogram): AdjustedSummary {
  return metrics.http_req_duration_adjusted ?? summariseAdjusted(answered, metrics.http_req_failed.count);
}
