import { type AdjustedSummary, summariseAdjusted } from '../statistics/adjustedSummary';
import type { LatencyHistogram } from '../statistics/latencyHistogram';
import type { RunMetrics } from './metrics';

/**
 * The percentiles over all intended requests that runs are compared by. Of a document that has none (one before version
 * 0.2), those over all that ended: `answered` is the distribution of its successful requests.
 */
export function comparablePercentiles(metrics: RunMetrics, answered: LatencyHistogram): AdjustedSummary {
  return metrics.http_req_duration_adjusted ?? summariseAdjusted(answered, metrics.http_req_failed.count);
}
