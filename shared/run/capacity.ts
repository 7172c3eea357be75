import { z } from 'zod';

/** What keeps a service from answering more. */
const limitingResources = ['target-cpu', 'target-waiting', 'target', 'generator', 'unknown'] as const;

/** What rates count where it is not requests. */
const unit = z.enum(['journeys']).optional();
export type CapacityUnit = z.infer<typeof unit>;

/** A short load of a capacity search. Latencies in ms, rates per second. */
export const capacityStepSchema = z.object({
  kind: z.enum(['concurrency', 'rate', 'confirmation']),
  unit,
  /** Virtual users of a step with concurrency. */
  vus: z.int().optional(),
  /** The rate asked for, of the other steps. */
  offeredRate: z.number().optional(),
  /** Right answers per second of the step; where a queue grew, as many as went on being answered. */
  achievedRate: z.number(),
  /** Right answers as a share of what was to be sent in the step, whenever they came; null for concurrency. */
  attainment: z.number().nullable(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  /** By how many ms the median grew in each second: a queue that gets longer. */
  growthMsPerS: z.number(),
  /** Whether the thresholds held and would continue to hold. */
  holds: z.boolean(),
  /** True when the step was too short to tell, or something that has nothing to do with the rate disturbed it: `holds` is then only the likelier. */
  undecided: z.boolean().optional(),
  /** Why it does not hold, is undecided, or cannot be trusted. */
  reason: z.string().optional(),
  /** False when the generator was the one that could not. */
  trusted: z.boolean(),
  durationMs: z.number(),
  generatorUtilisation: z.number(),
  targetUtilisation: z.number().nullable(),
});
export type CapacityStep = z.infer<typeof capacityStepSchema>;

/** The outcome of a capacity search. */
export const capacitySchema = z.object({
  /** The highest rate that a longer run has confirmed; null when none was. */
  rate: z.number().nullable(),
  unit,
  /** A 95 % credible interval of the capacity; null when nothing held. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** True when the generator gave up first: the capacity is at least the rate. */
  atLeast: z.boolean(),
  limitedBy: z.enum(limitingResources),
  steps: z.array(capacityStepSchema),
});
export type Capacity = z.infer<typeof capacitySchema>;
export type LimitingResource = Capacity['limitedBy'];

/** What the last capacity search on a target has found. */
export interface TargetCapacity {
  target: string;
  runId: string;
  startedAt: string;
  capacity: Omit<Capacity, 'steps'>;
}
