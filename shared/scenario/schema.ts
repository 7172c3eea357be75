import { z } from 'zod';
import { parseThreshold } from '../thresholds/parse';
import { maxDurationMs, parseDurationMs } from '../units/duration';

/** A duration in k6's notation, kept as text so that a scenario file reads as it was written. */
const duration = z
  .string()
  .refine((text) => parseDurationMs(text) !== undefined, 'is not a duration such as 500ms, 30s or 2m')
  .refine((text) => (parseDurationMs(text) ?? 0) <= maxDurationMs, 'is longer than a day');

const positiveDuration = duration.refine((text) => parseDurationMs(text) !== 0, 'must be longer than 0');

const constantVus = z.strictObject({
  executor: z.literal('constant-vus'),
  vus: z.int().min(1).max(10_000),
  duration: positiveDuration,
  /** What sends the requests: our own client, or autocannon for comparison (docs/adr/004). */
  driver: z.enum(['proofload', 'autocannon']).default('proofload'),
  gracefulStop: duration.default('30s'),
});

const constantArrivalRate = z.strictObject({
  executor: z.literal('constant-arrival-rate'),
  rate: z.number().positive().max(1_000_000),
  timeUnit: positiveDuration.default('1s'),
  duration: positiveDuration,
  preAllocatedVUs: z.int().min(1).max(10_000).default(50),
  maxVUs: z.int().min(1).max(10_000).default(2_000),
  gracefulStop: duration.default('30s'),
});

const keyDistribution = z.discriminatedUnion('distribution', [
  z.strictObject({ distribution: z.literal('zipfian'), theta: z.number().gt(0).lt(1).default(0.99) }),
  z.strictObject({ distribution: z.literal('uniform') }),
]);

const weight = z.number().min(0).max(1_000_000);

/** Weights of the operations; they need not add up to anything. */
const operations = z
  .strictObject({
    query: weight.default(0),
    read: weight.default(0),
    update: weight.default(0),
    insert: weight.default(0),
  })
  .refine((mix) => Object.values(mix).some((value) => value > 0), 'needs at least one weight above 0');

const dataset = z.strictObject({
  tenants: z.int().min(1).max(1_000),
  documentsPerTenant: z.int().min(1).max(100_000),
  documentBytes: z.int().min(400).max(1_000_000),
});

const cache = z.strictObject({
  enabled: z.boolean(),
  maxEntries: z.int().min(1).max(10_000_000).default(20_000),
  /** How long an entry is served; 0s means for ever. */
  ttl: duration.default('0s'),
  /** What an acknowledged write does to the entry (docs/adr/003). */
  onWrite: z.enum(['refresh', 'invalidate']).default('refresh'),
});

const thresholds = z.record(z.string(), z.array(z.string()).min(1)).superRefine((rows, context) => {
  for (const [metric, expressions] of Object.entries(rows)) {
    expressions.forEach((expression, index) => {
      const parsed = parseThreshold(metric, expression);
      if (!parsed.ok) context.addIssue({ code: 'custom', path: [metric, index], message: parsed.error.message });
    });
  }
});

/** The schema of a scenario file, version 1. Executor options have k6's names (FORMATS: k6 scenarios). */
export const scenarioSchema = z.strictObject({
  schema: z.literal('proofload.scenario/1'),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens'),
  name: z.string().min(1).max(120),
  description: z.string().max(2_000).default(''),
  level: z.int().min(0).max(99).optional(),
  load: z.discriminatedUnion('executor', [constantVus, constantArrivalRate]),
  warmup: duration.default('0s'),
  operations,
  keys: keyDistribution,
  queryLimit: z.int().min(1).max(1_000).default(20),
  dataset,
  cache,
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  thresholds: thresholds.default({}),
});

/** A scenario with all defaults filled in. */
export type Scenario = z.infer<typeof scenarioSchema>;
export type Load = Scenario['load'];
export type OperationMix = Scenario['operations'];

/** The operations of the document service, in the order in which screens list them. */
export const operationNames = ['read', 'query', 'update', 'insert'] as const;
export type OperationName = (typeof operationNames)[number];
