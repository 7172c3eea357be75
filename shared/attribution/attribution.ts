import { z } from 'zod';
import { samplesNeeded } from '../statistics/latencySummary';
import { resolveOverlap } from './overlap';
import { type PartMeans, PartProfile } from './partProfile';

/**
 * The average time that requests of a band of response times spent in each part, in ms. The parts add up to the mean.
 */
export const partBandSchema = z.object({
  /** The number of requests in the band. When the band cuts a bucket, only the share within the band counts. */
  count: z.number().nonnegative(),
  mean: z.number(),
  parts: z.record(z.string(), z.number()),
});
export type PartBand = z.infer<typeof partBandSchema>;

/** The bands of a distribution of response times; null for a band with too few requests. */
export const partBandsSchema = z.object({
  all: partBandSchema.nullable(),
  /** The tenth of the requests around the median. */
  median: partBandSchema.nullable(),
  slowest_5: partBandSchema.nullable(),
  slowest_1: partBandSchema.nullable(),
});
export type PartBands = z.infer<typeof partBandsSchema>;

/** A cause of slow requests: a part, or something outside the requests that lengthens one. */
export const causeSchema = z.object({
  /** A part, or `garbage-collection`, `processor-withheld`, `cache-off`, `cache-cold`. */
  cause: z.string(),
  /** Its share of the time of the slowest requests, 0..1. */
  share: z.number(),
  sentence: z.string(),
});
export type Cause = z.infer<typeof causeSchema>;

/** The parts of the response time of a run's successful requests. Parts: shared/attribution/parts.ts. */
export const attributionSchema = z.object({
  all: partBandsSchema,
  by_operation: z.record(z.string(), partBandsSchema),
  /** Where slow requests spend the time that the median request does not need; null with too few requests. */
  sentence: z.string().nullable(),
  /** The causes of slow requests, heaviest first, each with a sentence. */
  causes: z.array(causeSchema),
  /** Further findings, a sentence each: which operations wait for others, the share of conversion. */
  notes: z.array(z.string()),
});
export type Attribution = z.infer<typeof attributionSchema>;

function toMs(durationUs: number): number {
  return Math.round(durationUs * 10) / 10_000;
}

function toBand(means: PartMeans | undefined): PartBand | null {
  if (!means) return null;
  const parts = Object.fromEntries([...means.partsUs].map(([part, meanUs]) => [part, toMs(meanUs)]));
  return { count: Math.round(means.count), mean: toMs(means.meanUs), parts };
}

/**
 * Returns the bands of a profile. A band needs as many requests as the percentile at which it begins (samplesNeeded).
 */
export function bandsOf(recorded: PartProfile): PartBands {
  const { profile } = resolveOverlap(recorded);
  const band = (from: number, to: number, needed: number): PartBand | null =>
    profile.count < needed ? null : toBand(profile.band(from, to));
  return {
    all: band(0, 1, 1),
    median: band(0.45, 0.55, samplesNeeded(90)),
    slowest_5: band(0.95, 1, samplesNeeded(95)),
    slowest_1: band(0.99, 1, samplesNeeded(99)),
  };
}

/**
 * Returns the average time that requests of all operations spent in each part, in ms: over all requests, and over the
 * slowest hundredth.
 */
export function meanPartsMs(profiles: Iterable<PartProfile>): Record<'all' | 'slowest', Record<string, number>> {
  const merged = mergedProfile(profiles);
  return { all: toBand(merged.band(0, 1))?.parts ?? {}, slowest: toBand(merged.band(0.99, 1))?.parts ?? {} };
}

/**
 * Merges the profiles of all operations. Overlapping parts are resolved for each operation before they are added up.
 */
export function mergedProfile(profiles: Iterable<PartProfile>): PartProfile {
  const merged = new PartProfile();
  for (const profile of profiles) merged.merge(resolveOverlap(profile).profile);
  return merged;
}
