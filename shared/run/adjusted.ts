import { type AdjustedSummary, summariseAdjusted } from '../statistics/adjustedSummary';
import type { LatencyHistogram } from '../statistics/latencyHistogram';
import type { RunMetrics } from './metrics';

/**
 * Returns the percentiles over all intended requests, by which runs are compared. A document from before version 0.2
 * has none; its percentiles are computed over all requests that ended. `answered` is the distribution of its successful
 * requests.
 */
export function comparablePercentiles(metrics: RunMetrics, answered: LatencyHistogram): AdjustedSummary {
  return metrics.http_req_duration_adjusted ?? summariseAdjusted(answered, metrics.http_req_failed.count);
}
