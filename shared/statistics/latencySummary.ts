import { z } from 'zod';
import type { LatencyHistogram } from './latencyHistogram';

/** The summary of a latency distribution in a run document. All values are in milliseconds, and 0 when `count` is 0. */
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

/** Converts to milliseconds with the resolution of the histogram, without rounding errors of binary fractions. */
export function toMs(valueUs: number): number {
  return Math.round(valueUs) / 1000;
}

/** Summarises a histogram. Percentiles come from its buckets, never from other percentiles. */
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
 * Returns the minimum number of samples for a percentile to be more than one of the extreme values. The rule of thumb
 * is ten samples beyond it (p99.9 needs 10,000).
 */
export function samplesNeeded(percentile: number): number {
  return Math.ceil(10 / (1 - percentile / 100) - 1e-6);
}
