import { z } from 'zod';
import { runStateSchema } from './verdict';

/**
 * An entry of the history. `verdict` is null while the run is in progress. Latencies are in ms, rates are fractions.
 */
export const runSummarySchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  verdict: runStateSchema.nullable(),
  scenarioId: z.string(),
  scenarioName: z.string(),
  target: z.string(),
  /** The source of an imported run: `proofload` elsewhere, or another tool. Null for runs of this data folder. */
  origin: z.string().nullable(),
  /** The user's name for the run, which replaces the scenario's. */
  name: z.string().nullable(),
  notes: z.string(),
  tags: z.array(z.string()),
  /** As returned by machineKey (calibration.ts). */
  machine: z.string(),
  /** Whether retention rules keep it. */
  isPinned: z.boolean(),
  /** Whether it is the baseline of its scenario and target on its machine. */
  isBaseline: z.boolean(),
  /** Whether its response times by second were removed to keep the history within its size. */
  isThinned: z.boolean().default(false),
  /** Shorter than its level, or changed in another way (RunDocument). */
  isShortened: z.boolean(),
  isOverridden: z.boolean(),
  /** Whether its level was locked for the target at the start. */
  wasGateShut: z.boolean(),
  rate: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** The upper bound of P95 after all doubts; null when nothing bounds it. */
  p95HighMs: z.number().nullable(),
  p99Ms: z.number().nullable(),
  p99_9Ms: z.number().nullable(),
  failedRate: z.number().nullable(),
  cacheHitRate: z.number().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** The metrics of a trend over runs. */
export const trendMetrics = ['rate', 'p50Ms', 'p95Ms', 'p99Ms', 'p99_9Ms', 'failedRate', 'cacheHitRate'] as const;
export type TrendMetric = (typeof trendMetrics)[number];
