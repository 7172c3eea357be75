import { z } from 'zod';
import { runStateSchema } from './verdict';

/** A line of the history. `verdict` is null while the run is in progress. Latencies in ms, rates as fractions. */
export const runSummarySchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  verdict: runStateSchema.nullable(),
  scenarioId: z.string(),
  scenarioName: z.string(),
  target: z.string(),
  /** What made a run that was imported: `proofload` elsewhere, or another tool. Null for runs that were made here. */
  origin: z.string().nullable(),
  /** Given by the user, instead of the scenario's. */
  name: z.string().nullable(),
  notes: z.string(),
  tags: z.array(z.string()),
  /** As machineKey (calibration.ts) has it. */
  machine: z.string(),
  /** Kept by retention rules. */
  isPinned: z.boolean(),
  /** Whether it is the baseline of its scenario and target on its machine. */
  isBaseline: z.boolean(),
  /** Whether its response times by second were removed to hold the history to a size. */
  isThinned: z.boolean().default(false),
  /** Shorter than its level asks for, or changed in something else (RunDocument). */
  isShortened: z.boolean(),
  isOverridden: z.boolean(),
  /** Whether its level was locked for the target when it began. */
  wasGateShut: z.boolean(),
  rate: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** Up to where P95 may be, all doubts together; null when nothing bounds it. */
  p95HighMs: z.number().nullable(),
  p99Ms: z.number().nullable(),
  p99_9Ms: z.number().nullable(),
  failedRate: z.number().nullable(),
  cacheHitRate: z.number().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** What the trend over runs can be drawn of. */
export const trendMetrics = ['rate', 'p50Ms', 'p95Ms', 'p99Ms', 'p99_9Ms', 'failedRate', 'cacheHitRate'] as const;
export type TrendMetric = (typeof trendMetrics)[number];
