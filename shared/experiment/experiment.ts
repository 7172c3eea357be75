import { z } from 'zod';
import { partBandSchema } from '../attribution/attribution';
import { capacitySchema } from '../run/capacity';
import { environmentSchema } from '../run/document';
import { targetSchema } from '../run/target';
import { verdictSchema } from '../run/verdict';
import { scenarioSchema } from '../scenario/schema';

/** What variants are compared by: requests a second, and percentiles of the response time in ms. */
export const experimentMetrics = ['throughput', 'p50', 'p95', 'p99'] as const;
export const experimentMetricSchema = z.enum(experimentMetrics);
export type ExperimentMetric = z.infer<typeof experimentMetricSchema>;

export const variantSchema = z.strictObject({
  /** As the user named it, such as `sqlite:synchronous=normal`. */
  name: z.string().min(1).max(200),
  target: targetSchema,
  /** Switches the cache of the built-in service, against the scenario. */
  cache: z.boolean().optional(),
});
export type Variant = z.infer<typeof variantSchema>;

/** Failed requests among all. */
export const failuresSchema = z.object({ count: z.int().nonnegative(), of: z.int().nonnegative() });
export type Failures = z.infer<typeof failuresSchema>;

/** What a run used, beside time; null where the system or an external target does not report it. */
const resourceUseSchema = z.object({
  /** Cores that the service's process used on average; a server behind it is not in it. */
  cores: z.number().nullable(),
  /** Its resident memory at most. */
  memoryMb: z.number().nullable(),
  /** What it had written to disks, for each request. */
  writtenKbPerRequest: z.number().nullable(),
});
export type ResourceUse = z.infer<typeof resourceUseSchema>;

const experimentRunSchema = z.object({
  block: z.int().nonnegative(),
  /** The variant's place in the list. */
  variant: z.int().nonnegative(),
  /** The run in the history. */
  runId: z.string(),
  verdict: verdictSchema,
  /** Why the run can't be trusted; null when it can. */
  distrust: z.string().nullable(),
  /** Throughput is that of right answers; percentiles are of them. Runs before version 0.2 count all answers. */
  values: z.record(experimentMetricSchema, z.number()),
  /** Failed requests among all; not kept of runs before version 0.2. */
  failures: failuresSchema.optional(),
  /** Percentiles of all requests, where a failed one is a response time without bound; null where they have none. */
  adjusted: z.object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() }).optional(),
  /** Thresholds that were missed, such as `http_req_duration p(95)<50`. */
  missed: z.array(z.string()).default([]),
  resources: resourceUseSchema.optional(),
  /** Where the time went (shared/attribution). */
  time: z
    .object({
      sentence: z.string().nullable(),
      median: partBandSchema.nullable(),
      slowest_5: partBandSchema.nullable(),
    })
    .optional(),
});
export type ExperimentRun = z.infer<typeof experimentRunSchema>;

/** What a comparison has shown: `alike` is a difference that surely does not matter. */
export const outcomeSchema = z.enum(['better', 'worse', 'alike', 'unknown']);
export type ComparisonOutcome = z.infer<typeof outcomeSchema>;

/** A variant against another one, by one metric. */
export const comparisonSchema = z.object({
  variant: z.int().nonnegative(),
  /** What it is compared with; the first variant unless said otherwise. */
  base: z.int().nonnegative().default(0),
  metric: experimentMetricSchema,
  pairs: z.int().nonnegative(),
  /** The variant's value through that of the base: the mean over pairs, on a log scale. Null without a pair. */
  ratio: z.number().nullable(),
  /** The 95 % interval, corrected for the number of variants and of looks; null with too few pairs for one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Exact two-sided sign-flip p, not corrected. */
  p: z.number().nullable(),
  outcome: outcomeSchema,
  /** Pairs in which one of the two had no bound, so that there is no ratio: too many of its requests failed. */
  unboundedPairs: z.int().nonnegative().optional(),
  /** Failed requests of both, where they differ so much that neither can be better by failing. */
  failures: z.object({ base: failuresSchema, variant: failuresSchema }).optional(),
  /** About how many more pairs would settle what is unknown; null where that can't be said. */
  morePairs: z.int().nullable(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What a capacity search has found of a variant (shared/run/capacity.ts). */
const capacityResultSchema = capacitySchema.omit({ steps: true }).extend({
  variant: z.int().nonnegative(),
  runId: z.string(),
});
export type CapacityResult = z.infer<typeof capacityResultSchema>;

/** By how much pairs of equal runs differ on a machine. */
export const noiseSchema = z.object({
  /** Pairs that it was learned from. */
  pairs: z.int().positive(),
  /** The standard deviation of the log ratios of pairs. */
  deviation: z.record(experimentMetricSchema, z.number()),
});
export type Noise = z.infer<typeof noiseSchema>;

/** An experiment, version 1: interleaved runs of two to six variants, judged together. */
export const experimentSchema = z.object({
  schema: z.literal('proofload.experiment/1'),
  id: z.string(),
  startedAt: z.iso.datetime(),
  /** `running` may also mean that its process is gone: it can be resumed, as a stopped one. A cancelled one is closed. */
  state: z.enum(['running', 'finished', 'stopped', 'cancelled']),
  scenario: scenarioSchema,
  /** The folder of the scenario's file, where its runs read files; absent where they read none. */
  scenarioFolder: z.string().optional(),
  variants: z.array(variantSchema).min(2).max(6),
  plan: z.object({
    pairs: z.int().min(2).max(100),
    /** Whether it continues to twice the pairs while the first metric is not settled. */
    untilSure: z.boolean(),
    /** The least difference that matters, as a fraction. */
    band: z.number().min(0).max(1),
    /** The metric that decides; the others are reported as well. */
    metric: experimentMetricSchema,
  }),
  environment: environmentSchema,
  /** What was known of this machine's noise when the experiment began (noise.ts). */
  noise: noiseSchema.optional(),
  runs: z.array(experimentRunSchema),
  comparisons: z.array(comparisonSchema),
  /** Searches for the capacity of each variant, after the blocks; absent when they are not wanted. */
  capacity: z.object({ scenario: scenarioSchema, results: z.array(capacityResultSchema) }).optional(),
});
export type Experiment = z.infer<typeof experimentSchema>;
