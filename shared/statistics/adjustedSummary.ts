import { z } from 'zod';
import { type LatencyHistogram, rankOf } from './latencyHistogram';
import { toMs } from './latencySummary';

/**
 * Percentiles over all intended requests, in milliseconds. Null is unbounded, because more requests than that are
 * missing.
 */
export const adjustedSummarySchema = z.object({
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  p99_9: z.number().nullable(),
});
export type AdjustedSummary = z.infer<typeof adjustedSummarySchema>;

/**
 * Returns percentiles of latencies together with `missing` unbounded ones. A request that failed, had no response or
 * was never sent has delayed its caller longer than any successful one. Uses nearest ranks among all.
 */
export function summariseAdjusted(histogram: LatencyHistogram, missing: number): AdjustedSummary {
  const ofPercentile = (percentile: number): number | null => {
    const rank = rankOf(percentile, histogram.count + missing);
    return rank <= histogram.count ? toMs(histogram.percentileOfRankUs(rank)) : null;
  };
  return {
    p50: ofPercentile(50),
    p90: ofPercentile(90),
    p95: ofPercentile(95),
    p99: ofPercentile(99),
    p99_9: ofPercentile(99.9),
  };
}
