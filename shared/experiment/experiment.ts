import { z } from 'zod';
import { partBandSchema } from '../attribution/attribution';
import { capacitySchema } from '../run/capacity';
import { environmentSchema } from '../run/document';
import { targetSchema } from '../run/target';
import { verdictSchema } from '../run/verdict';
import { scenarioSchema } from '../scenario/schema';

/** The metrics by which variants are compared: requests per second, and percentiles of the response time in ms. */
export const experimentMetrics = ['throughput', 'p50', 'p95', 'p99'] as const;
export const experimentMetricSchema = z.enum(experimentMetrics);
export type ExperimentMetric = z.infer<typeof experimentMetricSchema>;

export const variantSchema = z.strictObject({
  /** The name from the user, such as `sqlite:synchronous=normal`. */
  name: z.string().min(1).max(200),
  target: targetSchema,
  /** Turns the cache of the built-in service on or off, overriding the scenario. */
  cache: z.boolean().optional(),
});
export type Variant = z.infer<typeof variantSchema>;

/** Failed requests and the number of all requests. */
export const failuresSchema = z.object({ count: z.int().nonnegative(), of: z.int().nonnegative() });
export type Failures = z.infer<typeof failuresSchema>;

/** Resources that a run used, apart from time; null when the system or an external target does not report them. */
const resourceUseSchema = z.object({
  /** The average number of cores that the service's process used, without a server behind it. */
  cores: z.number().nullable(),
  /** Its maximum resident memory. */
  memoryMb: z.number().nullable(),
  /** The data written to disks per request. */
  writtenKbPerRequest: z.number().nullable(),
});
export type ResourceUse = z.infer<typeof resourceUseSchema>;

const experimentRunSchema = z.object({
  block: z.int().nonnegative(),
  /** The index of the variant. */
  variant: z.int().nonnegative(),
  /** The id of the run in the history. */
  runId: z.string(),
  verdict: verdictSchema,
  /** Why the run is not trusted; null when it is. */
  distrust: z.string().nullable(),
  /**
   * Throughput counts successful responses, and percentiles are of these. Runs before version 0.2 count all responses.
   */
  values: z.record(experimentMetricSchema, z.number()),
  /** Failed requests and the number of all requests; missing for runs before version 0.2. */
  failures: failuresSchema.optional(),
  /**
   * Percentiles of all requests, with failed requests as unbounded response times; null when a percentile is unbounded.
   */
  adjusted: z.object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() }).optional(),
  /** Thresholds that were missed, such as `http_req_duration p(95)<50`. */
  missed: z.array(z.string()).default([]),
  resources: resourceUseSchema.optional(),
  /** The parts of the response time (shared/attribution). */
  time: z
    .object({
      sentence: z.string().nullable(),
      median: partBandSchema.nullable(),
      slowest_5: partBandSchema.nullable(),
    })
    .optional(),
});
export type ExperimentRun = z.infer<typeof experimentRunSchema>;

/** The result of a comparison. `alike` is a difference that certainly does not matter. */
export const outcomeSchema = z.enum(['better', 'worse', 'alike', 'unknown']);
export type ComparisonOutcome = z.infer<typeof outcomeSchema>;

/** A comparison of a variant with another one in one metric. */
export const comparisonSchema = z.object({
  variant: z.int().nonnegative(),
  /** The variant that it is compared with; by default the first. */
  base: z.int().nonnegative().default(0),
  metric: experimentMetricSchema,
  pairs: z.int().nonnegative(),
  /** The variant's value divided by that of the base, as a geometric mean over pairs. Null without a pair. */
  ratio: z.number().nullable(),
  /** The 95 % interval, corrected for the number of variants and of looks; null with too few pairs. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The p-value of the exact two-sided sign-flip test, not corrected. */
  p: z.number().nullable(),
  outcome: outcomeSchema,
  /** Pairs without a ratio, because too many requests of one run failed, so that its value is unbounded. */
  unboundedPairs: z.int().nonnegative().optional(),
  /** Failed requests of both, when they differ so much that neither can be better by failing. */
  failures: z.object({ base: failuresSchema, variant: failuresSchema }).optional(),
  /** The approximate number of further pairs for a clear result; null when that cannot be estimated. */
  morePairs: z.int().nullable(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** The result of a capacity search for a variant (shared/run/capacity.ts). */
const capacityResultSchema = capacitySchema.omit({ steps: true }).extend({
  variant: z.int().nonnegative(),
  runId: z.string(),
});
export type CapacityResult = z.infer<typeof capacityResultSchema>;

/** How much pairs of equal runs differ on a machine. */
export const noiseSchema = z.object({
  /** The number of pairs behind the estimate. */
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
  /**
   * A `running` experiment may have lost its process; it can be resumed like a stopped one. A cancelled one has ended.
   */
  state: z.enum(['running', 'finished', 'stopped', 'cancelled']),
  scenario: scenarioSchema,
  /** The folder of the scenario file, from which runs read files; absent when they read none. */
  scenarioFolder: z.string().optional(),
  variants: z.array(variantSchema).min(2).max(6),
  plan: z.object({
    pairs: z.int().min(2).max(100),
    /** Whether it continues up to twice the pairs while the deciding metric is not settled. */
    untilSure: z.boolean(),
    /** The smallest difference that matters, as a fraction. */
    band: z.number().min(0).max(1),
    /** The metric that decides; the others are reported as well. */
    metric: experimentMetricSchema,
  }),
  environment: environmentSchema,
  /** The known noise of this machine at the start of the experiment (noise.ts). */
  noise: noiseSchema.optional(),
  runs: z.array(experimentRunSchema),
  comparisons: z.array(comparisonSchema),
  /** Capacity searches for each variant after the blocks; absent when not requested. */
  capacity: z.object({ scenario: scenarioSchema, results: z.array(capacityResultSchema) }).optional(),
});
export type Experiment = z.infer<typeof experimentSchema>;
