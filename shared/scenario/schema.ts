import { z } from 'zod';
import { thresholdsSchema } from '../thresholds/rules';
import { parseDurationMs } from '../units/duration';
import { dataFilesSchema } from './dataFiles';
import { durationField as duration, positiveDurationField as positiveDuration } from './durationFields';
import { httpVersionField } from './httpVersion';
import { describeJourneyProblems } from './journeyProblems';
import { journeysSchema, variablesSchema } from './journeys';
import { lifecycleSchema } from './lifecycle';
import { proxyField } from './proxy';
import { describeRequestProblems } from './requestProblems';
import { dataSchema, describeMissingData, label, scenarioRequestSchema } from './requests';
import { describeUnusableUrl } from './requestUrl';
import { scenarioTlsSchema } from './tlsOptions';

const vus = z.int().min(1).max(10_000);
const rate = z.number().positive().max(1_000_000);
const maxStages = 100;

const closedModel = {
  /** What sends the requests: Proofload's own client, or autocannon for comparison (docs/adr/004). */
  driver: z.enum(['proofload', 'autocannon']).default('proofload'),
  gracefulStop: duration.default('30s'),
};

const openModel = {
  timeUnit: positiveDuration.default('1s'),
  preAllocatedVUs: vus.default(50),
  maxVUs: vus.default(2_000),
  /** At equal intervals, or as a Poisson process with the same rate, drawn with the seed of the scenario. */
  arrivals: z.enum(['even', 'poisson']).default('even'),
  gracefulStop: duration.default('30s'),
};

function stages<Target extends z.ZodType>(target: Target) {
  return z
    .array(z.strictObject({ duration, target }))
    .min(1)
    .max(maxStages)
    .refine((list) => list.some((stage) => parseDurationMs(stage.duration) !== 0), 'need a duration longer than 0');
}

const constantVus = z.strictObject({
  executor: z.literal('constant-vus'),
  vus,
  duration: positiveDuration,
  ...closedModel,
});

const rampingVus = z.strictObject({
  executor: z.literal('ramping-vus'),
  startVUs: z.int().min(0).max(10_000).default(1),
  stages: stages(z.int().min(0).max(10_000)),
  gracefulStop: duration.default('30s'),
});

const constantArrivalRate = z.strictObject({
  executor: z.literal('constant-arrival-rate'),
  rate,
  duration: positiveDuration,
  ...openModel,
});

const rampingArrivalRate = z.strictObject({
  executor: z.literal('ramping-arrival-rate'),
  startRate: z.number().min(0).max(1_000_000).default(0),
  stages: stages(z.number().min(0).max(1_000_000)),
  ...openModel,
});

const iterations = z.int().min(1).max(100_000_000);

const perVuIterations = z.strictObject({
  executor: z.literal('per-vu-iterations'),
  vus: vus.default(1),
  iterations: iterations.default(1),
  maxDuration: positiveDuration.default('10m'),
  gracefulStop: duration.default('30s'),
});

const sharedIterations = z.strictObject({
  executor: z.literal('shared-iterations'),
  vus: vus.default(1),
  iterations: iterations.default(1),
  maxDuration: positiveDuration.default('10m'),
  gracefulStop: duration.default('30s'),
});

/** Not part of k6: finds the highest arrival rate at which the thresholds pass. */
const capacitySearch = z.strictObject({
  executor: z.literal('capacity-search'),
  /** The duration of a step at one rate. Steps at low rates last longer, so that percentiles have enough requests. */
  stepDuration: positiveDuration.default('4s'),
  /** The duration of the run that confirms the result. */
  confirmDuration: positiveDuration.default('20s'),
  /** The search ends after this time with its result so far. */
  maxDuration: positiveDuration.default('3m'),
  maxVUs: vus.default(2_000),
  arrivals: z.enum(['even', 'poisson']).default('even'),
  gracefulStop: duration.default('5s'),
});

/** A load that runs for a time or a number of iterations. Load processes accept these. */
export const plainLoadSchema = z.discriminatedUnion('executor', [
  constantVus,
  rampingVus,
  constantArrivalRate,
  rampingArrivalRate,
  perVuIterations,
  sharedIterations,
]);

/** The fields of one of several scenarios besides those of its executor, under k6's names. */
const ofScenarios = {
  /** The name in thresholds: `{scenario:browse}`. */
  name: z.string().regex(/^[0-9a-zA-Z_-]{1,64}$/, 'must be letters, digits, _ and -'),
  /** When it begins, after the end of the warm-up. */
  startTime: duration.default('0s'),
  /** Its iterations, by the names of journeys, which are drawn by weight. No other scenario has these journeys. */
  journeys: z.array(label).min(1, 'needs at least one journey').max(50),
};

/** Several loads in one run, each with its own journeys and its own start, like k6's `scenarios` (docs/adr/040). */
const severalScenariosSchema = z.strictObject({
  executor: z.literal('scenarios'),
  scenarios: z
    .array(
      z.discriminatedUnion('executor', [
        constantVus.extend(ofScenarios),
        rampingVus.extend(ofScenarios),
        constantArrivalRate.extend(ofScenarios),
        rampingArrivalRate.extend(ofScenarios),
        perVuIterations.extend(ofScenarios),
        sharedIterations.extend(ofScenarios),
      ]),
    )
    .min(1)
    .max(20),
});

/** A load, or several in one run, that load processes accept. */
export const processLoadSchema = z.discriminatedUnion('executor', [...plainLoadSchema.options, severalScenariosSchema]);

const keyDistribution = z.discriminatedUnion('distribution', [
  z.strictObject({ distribution: z.literal('zipfian'), theta: z.number().gt(0).lt(1).default(0.99) }),
  z.strictObject({ distribution: z.literal('uniform') }),
]);

const weight = z.number().min(0).max(1_000_000);

/** Relative weights of the operations; they need no particular sum. */
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
  /** How long an entry is served; 0s means without limit. */
  ttl: duration.default('0s'),
  /** What an acknowledged write does to the entry (docs/adr/003). */
  onWrite: z.enum(['refresh', 'invalidate']).default('refresh'),
});

const scenarioObject = z.strictObject({
  /** Tells editors where the JSON schema of this file is: resources/scenario.schema.json. */
  $schema: z.string().max(1_000).optional(),
  schema: z.literal('proofload.scenario/1'),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens'),
  name: z.string().min(1).max(120),
  description: z.string().max(2_000).default(''),
  level: z.int().min(0).max(99).optional(),
  load: z.discriminatedUnion('executor', [...processLoadSchema.options, capacitySearch]),
  warmup: duration.default('0s'),
  /** A request without a response after this time has failed. The default is that of k6. */
  timeout: positiveDuration.default('60s'),
  /** How many load processes share the load. */
  processes: z.int().min(1).max(64).default(1),
  /** Requests to the user's own service. Without them, the built-in document service or one URL is loaded. */
  requests: z.array(scenarioRequestSchema).min(1).max(200).optional(),
  /** What virtual users do in an iteration, instead of single requests. A journey is drawn by weight. */
  journeys: journeysSchema.optional(),
  /** Runs once before the load. All journeys know the variables that it extracts. */
  setup: lifecycleSchema.optional(),
  /** Runs once after the load, even when the load was stopped. */
  teardown: lifecycleSchema.optional(),
  /** Values for placeholders of journeys: constants, and integers that are drawn once per iteration. */
  variables: variablesSchema.optional(),
  /** Files of rows whose columns fill placeholders of journeys, such as `{{users.name}}`. */
  dataFiles: dataFilesSchema.optional(),
  /** As in k6: whether a virtual user keeps its cookies between iterations. */
  noCookiesReset: z.boolean().optional(),
  /** As in k6: whether a virtual user opens new connections in each iteration. */
  noVUConnectionReuse: z.boolean().optional(),
  /** Whether each request has its own trace context (`traceparent` of W3C Trace Context). */
  tracing: z.enum(['w3c']).optional(),
  /** The HTTP proxy for all requests to the user's own service. */
  proxy: proxyField.optional(),
  /** The default is HTTP/1.1. */
  httpVersion: httpVersionField.optional(),
  /** How the https servers of the user's own service are verified, and the client certificate for them. */
  tls: scenarioTlsSchema.optional(),
  data: dataSchema.default([]),
  operations: operations.default({ query: 20, read: 64, update: 12, insert: 4 }),
  keys: keyDistribution.default({ distribution: 'zipfian', theta: 0.99 }),
  queryLimit: z.int().min(1).max(1_000).default(20),
  dataset: dataset.default({ tenants: 20, documentsPerTenant: 500, documentBytes: 1_024 }),
  cache: cache.default({ enabled: true, maxEntries: 20_000, ttl: '0s', onWrite: 'refresh' }),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(42),
  thresholds: thresholdsSchema.default({}),
});

/** The schema of a scenario file, version 1. Executor options have k6's names (FORMATS: k6 scenarios). */
export const scenarioSchema = scenarioObject.superRefine((scenario, context) => {
  for (const message of describeMissingData(scenario.requests ?? [], scenario.data))
    context.addIssue({ code: 'custom', path: ['requests'], message });
  for (const { path, message } of [...describeRequestProblems(scenario), ...describeJourneyProblems(scenario)])
    context.addIssue({ code: 'custom', path: [...path], message });
});

/**
 * The schema of a scenario that is written or about to run. Its requests must have valid URLs. Scenarios that were
 * stored earlier stay readable with {@link scenarioSchema}.
 */
export const checkedScenarioSchema = scenarioSchema.superRefine(({ requests }, context) => {
  for (const [index, { url }] of (requests ?? []).entries()) {
    const message = describeUnusableUrl(url);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['requests', index, 'url'], message });
  }
});

/** A scenario with all defaults filled in. */
export type Scenario = z.infer<typeof scenarioSchema>;
export type Load = Scenario['load'];
export type PlainLoad = z.infer<typeof plainLoadSchema>;
export type SeveralScenarios = z.infer<typeof severalScenariosSchema>;
/** One of several scenarios of a run. */
export type ScenarioPart = SeveralScenarios['scenarios'][number];
export type ProcessLoad = z.infer<typeof processLoadSchema>;
export type CapacitySearch = z.infer<typeof capacitySearch>;
/** A load with an arrival rate. */
export type OpenLoad = Extract<Load, { executor: 'constant-arrival-rate' | 'ramping-arrival-rate' }>;

/** The operations of the document service, in the order in which screens list them. */
export const operationNames = ['read', 'query', 'update', 'insert'] as const;
export type OperationName = (typeof operationNames)[number];
