import { z } from 'zod';
import { type LatencyHistogram, rankOf } from './latencyHistogram';
import { toMs } from './latencySummary';

/** Percentiles over everything that was intended, in milliseconds. Null is without bound: more than that is missing. */
export const adjustedSummarySchema = z.object({
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  p99_9: z.number().nullable(),
});
export type AdjustedSummary = z.infer<typeof adjustedSummarySchema>;

/**
 * Percentiles of latencies together with `missing` ones that have no bound: a request that failed, that was never
 * answered or never sent has kept its caller waiting longer than any that was answered. Nearest ranks among all.
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
