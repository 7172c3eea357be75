import { z } from 'zod';
import type { LatencyHistogram } from './latencyHistogram';

/** What a run document says of a distribution of latencies. All values in milliseconds; all 0 when `count` is 0. */
export const latencySummarySchema = z.object({
  count: z.int().nonnegative(),
  min: z.number(),
  mean: z.number(),
  p50: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
  p99_9: z.number(),
  max: z.number(),
});

export type LatencySummary = z.infer<typeof latencySummarySchema>;

/** Milliseconds with the resolution of the histogram, free of the noise of binary fractions. */
export function toMs(valueUs: number): number {
  return Math.round(valueUs) / 1000;
}

/** Summarises a histogram; percentiles come from its buckets, never from other percentiles. */
export function summariseLatency(histogram: LatencyHistogram): LatencySummary {
  return {
    count: histogram.count,
    min: toMs(histogram.minUs),
    mean: toMs(histogram.meanUs),
    p50: toMs(histogram.percentileUs(50)),
    p90: toMs(histogram.percentileUs(90)),
    p95: toMs(histogram.percentileUs(95)),
    p99: toMs(histogram.percentileUs(99)),
    p99_9: toMs(histogram.percentileUs(99.9)),
    max: toMs(histogram.maxUs),
  };
}

/**
 * The least number of samples for which a percentile is more than one of the extreme values: ten beyond it,
 * as the rule of thumb goes (p99.9 needs 10,000).
 */
export function samplesNeeded(percentile: number): number {
  return Math.ceil(10 / (1 - percentile / 100) - 1e-6);
}
