import { z } from 'zod';
import { samplesNeeded } from '../statistics/latencySummary';
import { resolveOverlap } from './overlap';
import { type PartMeans, PartProfile } from './partProfile';

/** What requests of a band of response times spent on average, in ms; the parts add up to the mean. */
export const partBandSchema = z.object({
  /** How many requests the band has; of a bucket that it cuts, the share that belongs to it. */
  count: z.number().nonnegative(),
  mean: z.number(),
  parts: z.record(z.string(), z.number()),
});
export type PartBand = z.infer<typeof partBandSchema>;

/** The bands of a distribution of response times; null where too few requests stand behind one. */
export const partBandsSchema = z.object({
  all: partBandSchema.nullable(),
  /** The tenth around the median. */
  median: partBandSchema.nullable(),
  slowest_5: partBandSchema.nullable(),
  slowest_1: partBandSchema.nullable(),
});
export type PartBands = z.infer<typeof partBandsSchema>;

/** What makes requests slow: a part, or something beside the requests that shows in one. */
export const causeSchema = z.object({
  /** A part, or `garbage-collection`, `processor-withheld`, `cache-off`, `cache-cold`. */
  cause: z.string(),
  /** Its share of the time of the slowest requests, 0..1. */
  share: z.number(),
  sentence: z.string(),
});
export type Cause = z.infer<typeof causeSchema>;

/** Where the response time of a run's successful requests went. Parts: shared/attribution/parts.ts. */
export const attributionSchema = z.object({
  all: partBandsSchema,
  by_operation: z.record(z.string(), partBandsSchema),
  /** What the slow requests do with the time that the median request does not take; null with too few requests. */
  sentence: z.string().nullable(),
  /** What makes the slow requests slow, the heaviest first, each in a sentence. */
  causes: z.array(causeSchema),
  /** What else there is to know, a sentence each: who is held up by others, which share conversion has. */
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

/** The bands of a profile. A band needs as many requests as the percentile that it begins at (samplesNeeded). */
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

/** What requests of all operations spent in each part on average, in ms: all of them, and the slowest hundredth. */
export function meanPartsMs(profiles: Iterable<PartProfile>): Record<'all' | 'slowest', Record<string, number>> {
  const merged = mergedProfile(profiles);
  return { all: toBand(merged.band(0, 1))?.parts ?? {}, slowest: toBand(merged.band(0.99, 1))?.parts ?? {} };
}

/** All operations together; parts that overlap are told apart in each operation by itself, before they are added up. */
export function mergedProfile(profiles: Iterable<PartProfile>): PartProfile {
  const merged = new PartProfile();
  for (const profile of profiles) merged.merge(resolveOverlap(profile).profile);
  return merged;
}
