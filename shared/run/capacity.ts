import { z } from 'zod';

/** What prevents a higher rate. */
const limitingResources = ['target-cpu', 'target-waiting', 'target', 'generator', 'unknown'] as const;

/** What the rates count, when they do not count requests. */
const unit = z.enum(['journeys']).optional();
export type CapacityUnit = z.infer<typeof unit>;

/** A short load of a capacity search. Latencies are in ms, rates per second. */
export const capacityStepSchema = z.object({
  kind: z.enum(['concurrency', 'rate', 'confirmation']),
  unit,
  /** The virtual users of a step by concurrency. */
  vus: z.int().optional(),
  /** The requested rate of other steps. */
  offeredRate: z.number().optional(),
  /** Successful responses per second of the step. When a queue grew, the rate at which responses kept coming. */
  achievedRate: z.number(),
  /** The share of the requests planned for the step that succeeded, however late; null for concurrency. */
  attainment: z.number().nullable(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  /** The growth of the median per second, in ms. It shows a queue that gets longer. */
  growthMsPerS: z.number(),
  /** Whether the thresholds passed and would continue to pass. */
  holds: z.boolean(),
  /**
   * True when the step was too short to tell, or was disturbed by something unrelated to the rate. `holds` then
   * tells only what is more likely.
   */
  undecided: z.boolean().optional(),
  /** Why it does not hold, is undecided, or is not trusted. */
  reason: z.string().optional(),
  /** False when the generator was the limit. */
  trusted: z.boolean(),
  durationMs: z.number(),
  generatorUtilisation: z.number(),
  targetUtilisation: z.number().nullable(),
});
export type CapacityStep = z.infer<typeof capacityStepSchema>;

/** The result of a capacity search. */
export const capacitySchema = z.object({
  /** The highest rate that a longer run confirmed; null when none was. */
  rate: z.number().nullable(),
  unit,
  /** A 95 % credible interval of the capacity; null when no step held. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** True when the generator reached its limit first. The capacity is at least the rate. */
  atLeast: z.boolean(),
  limitedBy: z.enum(limitingResources),
  steps: z.array(capacityStepSchema),
});
export type Capacity = z.infer<typeof capacitySchema>;
export type LimitingResource = Capacity['limitedBy'];

/** The result of the last capacity search on a target. */
export interface TargetCapacity {
  target: string;
  runId: string;
  startedAt: string;
  capacity: Omit<Capacity, 'steps'>;
}
