import { z } from 'zod';
import { reportedErrorSchema } from '../errors/errorDetails';
import { gateSchema } from '../ladder/gate';
import { scenarioSchema } from '../scenario/schema';
import { calibrationSchema } from './calibration';
import { capacityStepSchema } from './capacity';
import { environmentSchema, logLineSchema, runDocumentSchema } from './document';
import { driverSchema } from './driver';
import { runIntervalSchema } from './metrics';
import { targetSchema } from './target';

/** The phases of a run, in order. A run can end from any of them. */
const runPhases = ['preparing', 'seeding', 'warming-up', 'running', 'draining', 'auditing', 'finished'] as const;
const runPhaseSchema = z.enum(runPhases);
export type RunPhase = z.infer<typeof runPhaseSchema>;

/** What is known when a run starts. */
export const runDescriptionSchema = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  scenario: scenarioSchema,
  target: targetSchema,
  environment: environmentSchema,
  shortened: z.boolean(),
  /** Whether anything except its length was changed for this run. */
  overridden: z.boolean().default(false),
  /** The calibration of this machine's generator, when there is one. */
  calibration: calibrationSchema.optional(),
  /** The tool that generates the load, when it is not Proofload's own generator. */
  driver: driverSchema.optional(),
  /** Whether the level was unlocked for the target. A run of a locked level states this. */
  gate: gateSchema.optional(),
});
export type RunDescription = z.infer<typeof runDescriptionSchema>;

/**
 * Counts over a period. `count` and `rate` include failures. Latencies are in ms, of successful requests; null without
 * any.
 */
const tickStatisticsSchema = z.object({
  count: z.int(),
  failed: z.int(),
  dropped: z.int(),
  rate: z.number(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  max: z.number().nullable(),
  cacheHitRate: z.number().nullable(),
});
export type TickStatistics = z.infer<typeof tickStatisticsSchema>;

/** A quarter of a second of a run. */
const tickSchema = z.object({
  /** The end of the tick since the start of the load, including the warm-up. */
  elapsedMs: z.number(),
  durationMs: z.number(),
  warmup: z.boolean(),
  /** Null when the generator does not report it. */
  inFlight: z.int().nullable(),
  generatorUtilisation: z.number().nullable(),
  interval: tickStatisticsSchema,
  /** Since the end of the warm-up. */
  cumulative: tickStatisticsSchema,
});
export type Tick = z.infer<typeof tickSchema>;

/** The only event stream of a run. Window, terminal, history and replays all reduce it (reducer.ts). */
const runEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), run: runDescriptionSchema }),
  z.object({ type: z.literal('phase'), phase: runPhaseSchema }),
  z.object({ type: z.literal('tick'), tick: tickSchema }),
  /** A second has ended. `heat` counts its latencies by the bins of heat.ts. */
  z.object({ type: z.literal('interval'), interval: runIntervalSchema, heat: z.array(z.int()).default([]) }),
  /** A step of a capacity search has ended. */
  z.object({ type: z.literal('capacity-step'), step: capacityStepSchema }),
  logLineSchema.extend({ type: z.literal('log') }),
  /** The run has a document, whatever its verdict. `saved` tells whether the history contains it. */
  z.object({ type: z.literal('finished'), document: runDocumentSchema, saved: z.boolean() }),
  /** The run ended before anything was measured. */
  z.object({ type: z.literal('failed'), error: reportedErrorSchema }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
