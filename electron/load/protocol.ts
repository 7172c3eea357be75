import { z } from 'zod';
import { urlTargetSchema } from '../../shared/run/target';
import { scenarioSchema } from '../../shared/scenario/schema';
import { acknowledgedWriteSchema } from '../target/protocol';

const sparseHistogramSchema = z.object({
  indexes: z.instanceof(Uint16Array),
  counts: z.instanceof(Uint32Array),
  count: z.int(),
  minUs: z.number(),
  maxUs: z.number(),
  sumUs: z.number(),
});

/** What the coordinator tells the load process. */
export const loadCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    scenario: scenarioSchema,
    /** An external target, or where the built-in document service listens. */
    target: z.union([urlTargetSchema, z.object({ kind: z.literal('documents'), origin: z.string() })]),
  }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('exit') }),
]);
export type LoadCommand = z.infer<typeof loadCommandSchema>;

/** A quarter of a second as the load process saw it: merged histograms and counts, nothing per request. */
const loadTickSchema = z.object({
  /** Number of the quarter second since the end of the warm-up, from 1; of the warm-up: 0 and below. */
  index: z.int(),
  durationMs: z.number(),
  /** The end of the tick since the start of the load. */
  elapsedMs: z.number(),
  warmup: z.boolean(),
  /** Iterations that the schedule asked for in this tick; null in a closed model. */
  asked: z.int().nullable(),
  sent: z.int(),
  dropped: z.int(),
  inFlight: z.int(),
  failures: z.record(z.string(), z.int()),
  cacheHits: z.int(),
  cacheLookups: z.int(),
  /** Response time of successful requests by operation. */
  response: z.record(z.string(), sparseHistogramSchema),
  /** Service time of successful requests. */
  service: sparseHistogramSchema,
  /** Lateness of all sends. */
  lateness: sparseHistogramSchema,
  serverTiming: z.record(z.string(), sparseHistogramSchema),
  /** Share of a core that the generator used, without spinning. */
  utilisation: z.number(),
});
export type LoadTick = z.infer<typeof loadTickSchema>;

/** What the load process tells the coordinator. */
export const loadReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('phase'), phase: z.enum(['warming-up', 'running', 'draining']) }),
  z.object({ type: z.literal('tick'), tick: loadTickSchema }),
  z.object({
    type: z.literal('done'),
    /** Time from the end of the warm-up to the last response, at least the duration unless stopped before. */
    measuredMs: z.number(),
    checked: z.int(),
    violations: z.int(),
    violationExamples: z.array(z.string()),
    writes: z.array(acknowledgedWriteSchema),
  }),
  z.object({ type: z.literal('failed'), error: z.object({ code: z.string(), message: z.string(), hint: z.string() }) }),
]);
export type LoadReport = z.infer<typeof loadReportSchema>;
