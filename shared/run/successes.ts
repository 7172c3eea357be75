import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { toMs } from '../statistics/latencySummary';
import type { RunMetrics } from './metrics';

/** Requests a second that were answered as they should be. */
export function successesPerSecond({ http_reqs, http_req_failed }: RunMetrics): number {
  const { count, rate } = http_reqs;
  return count > 0 ? (rate * (count - http_req_failed.count)) / count : 0;
}

/**
 * A percentile in ms of all requests: `failed` ones, which are not in the distribution, are response times without
 * bound. Null where the percentile has none.
 */
export function percentileWithFailures(successes: LatencyHistogram, percentile: number, failed: number): number | null {
  const rank = Math.ceil((percentile / 100) * (successes.count + failed) - 1e-9);
  if (rank > successes.count) return null;
  return toMs(successes.percentileUs((100 * rank) / successes.count));
}
