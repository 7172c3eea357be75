import { z } from 'zod';
import { reportedErrorSchema } from '../../shared/errors/errorDetails';
import { negotiatedProtocolSchema } from '../../shared/run/negotiatedProtocol';
import { slowRequestSchema } from '../../shared/run/slowRequest';
import { urlTargetSchema } from '../../shared/run/target';
import { lifecycleParts } from '../../shared/scenario/lifecycle';
import { plainLoadSchema, scenarioSchema } from '../../shared/scenario/schema';
import { triedJourneySchema } from '../../shared/scenario/triedJourney';
import { hostAddressesSchema } from '../hosts/addresses';
import { acknowledgedWriteSchema } from '../service/protocol';
import type { NamedRowUse } from './data/journeyData';

const sparseHistogramSchema = z.object({
  indexes: z.instanceof(Uint16Array),
  counts: z.instanceof(Uint32Array),
  count: z.int(),
  minUs: z.number(),
  maxUs: z.number(),
  sumUs: z.number(),
});

/** With the addresses of its hosts, as they were admitted (hosts/hostGuard.ts); this machine's own needs none. */
const urlLoadTargetSchema = urlTargetSchema.extend({
  addresses: hostAddressesSchema.optional(),
  /** The folder of the scenario's file, to which the paths of files are relative. */
  filesFolder: z.string().optional(),
});
export type UrlLoadTarget = z.infer<typeof urlLoadTargetSchema>;

/** Where the load goes: an external target, or where the built-in document service listens. */
const loadTargetSchema = z.union([urlLoadTargetSchema, z.object({ kind: z.literal('documents'), origin: z.string() })]);
export type LoadTarget = z.infer<typeof loadTargetSchema>;

const variablesOfSetupSchema = z.record(z.string(), z.string());

/** What comes to the journeys of a load from outside of the scenario. */
const loadInputsSchema = z.object({
  /** Where the data files are, by their names. */
  dataPaths: z.record(z.string(), z.string()),
  /** The variables that the setup has extracted. */
  given: variablesOfSetupSchema,
});
export type LoadInputs = z.infer<typeof loadInputsSchema>;

/** What stands in the place of references to secrets in what is sent; nothing that is reported has it. */
const secretsSchema = z.map(z.string(), z.string()).default(new Map());

/**
 * What the coordinator tells a load process. `open` comes once, then any number of `arm` and `go`, at the end `finish`;
 * or `try` comes alone.
 */
export const loadCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    scenario: scenarioSchema,
    target: loadTargetSchema,
    /** Which part of the load is this process's. */
    shard: z.object({ index: z.int().nonnegative(), count: z.int().positive() }),
    secrets: secretsSchema,
    inputs: loadInputsSchema.optional(),
  }),
  /** Goes through the setup or the teardown of a scenario, in a process of its own. */
  z.object({
    type: z.literal('lifecycle'),
    part: z.enum(lifecycleParts),
    scenario: scenarioSchema,
    target: urlLoadTargetSchema,
    secrets: z.map(z.string(), z.string()),
    given: variablesOfSetupSchema,
  }),
  /** One virtual user goes once through a journey of the scenario, which has this one alone. */
  z.object({
    type: z.literal('try'),
    scenario: scenarioSchema,
    target: urlLoadTargetSchema,
    secrets: secretsSchema,
    dataPaths: loadInputsSchema.shape.dataPaths,
  }),
  /** Opens the connections of a load; without `thinks` virtual users leave their think times out. */
  z.object({
    type: z.literal('arm'),
    load: plainLoadSchema,
    warmupMs: z.number().nonnegative(),
    thinks: z.boolean().optional(),
  }),
  /** Starts it at a time that all processes share (sharedClock.ts). */
  z.object({ type: z.literal('go'), startAtMs: z.number() }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('finish') }),
  z.object({ type: z.literal('exit') }),
]);
export type LoadCommand = z.infer<typeof loadCommandSchema>;

const histogramsSchema = z.record(z.string(), sparseHistogramSchema);

const sparseProfileSchema = z.object({
  parts: z.array(z.string()),
  buckets: z.instanceof(Uint16Array),
  counts: z.instanceof(Uint32Array),
  sumsUs: z.instanceof(Float64Array),
});

const wholeNumber = z.int().nonnegative();

/** What journeys have beside their requests, of a quarter of a second. */
const journeyTickSchema = z.object({
  /** From the intended start of an iteration to the end of its last step, by journey; of those in which nothing failed. */
  durations: histogramsSchema,
  /** Iterations by journey and how they ended. */
  iterations: z.record(z.string(), z.object({ completed: wholeNumber, failed: wholeNumber, interrupted: wholeNumber })),
  /** By operation: the bytes of its requests and answers, those of bodies that were decoded, and its checks by name. */
  steps: z.record(
    z.string(),
    z.object({
      sentBytes: wholeNumber,
      receivedBytes: wholeNumber,
      decodedBytes: wholeNumber,
      checks: z.record(z.string(), z.object({ passes: wholeNumber, fails: wholeNumber })),
    }),
  ),
});
export type JourneyTick = z.infer<typeof journeyTickSchema>;

/** What an answer had in the place of what a check or an extraction asked for. */
const checkExampleSchema = z.object({ operation: z.string(), check: z.string(), message: z.string() });
export type CheckExample = z.infer<typeof checkExampleSchema>;

/** What became of the rows of a data file in one load process. */
const rowUseSchema = z.object({
  name: z.string(),
  rows: wholeNumber.nullable(),
  used: wholeNumber,
  wraps: wholeNumber,
  isExhausted: z.boolean(),
  hasChanged: z.boolean(),
  waits: wholeNumber,
}) satisfies z.ZodType<NamedRowUse>;

/** A quarter of a second as a load process saw it: merged histograms and counts, nothing per request. */
const loadTickSchema = z.object({
  /** Number of the quarter second since the end of the warm-up, from 1; of the warm-up: 0 and below. */
  index: z.int(),
  durationMs: z.number(),
  /** The end of the tick since the start of the load. */
  elapsedMs: z.number(),
  warmup: z.boolean(),
  /** Whether it began after the end of the load, when only last answers are awaited. */
  draining: z.boolean(),
  /** Iterations that the schedule asked for in this tick; null in a closed model. */
  asked: z.int().nullable(),
  sent: z.int(),
  dropped: z.int(),
  /** Requests that came to their end after that of the load, and those of them that failed. */
  late: z.int(),
  lateFailed: z.int(),
  /** Null where the generator does not tell, as other tools do not. */
  inFlight: z.int().nullable(),
  failures: z.record(z.string(), z.int()),
  /** Failures by operation, and there by kind. */
  errorsByOperation: z.record(z.string(), z.record(z.string(), z.int())),
  cacheHits: z.int(),
  cacheLookups: z.int(),
  /** Response time of successful requests by operation. */
  response: histogramsSchema,
  /** Service time of successful requests, and its parts: until written, until the first byte, until the last. */
  service: sparseHistogramSchema,
  blocked: sparseHistogramSchema,
  waiting: sparseHistogramSchema,
  receiving: sparseHistogramSchema,
  /** Lateness of all sends. */
  lateness: sparseHistogramSchema,
  serverTiming: histogramsSchema,
  /** Where the response time of successful requests went, by operation. */
  parts: z.record(z.string(), sparseProfileSchema),
  /** Requests by the stage that intended them; failures by kind. */
  stages: z.record(
    z.string(),
    z.object({ response: sparseHistogramSchema, failures: z.record(z.string(), z.int()), dropped: z.int() }),
  ),
  /** Only of scenarios with journeys. */
  journeys: journeyTickSchema.optional(),
  connections: z.object({
    opened: z.int(),
    /** Broken under a request that was not sent again. */
    lost: z.int(),
    /** Requests that met the close of a connection that had been idle, and were sent again over a fresh one. */
    reconnects: z.int(),
    open: z.int(),
    lookup: sparseHistogramSchema,
    connect: sparseHistogramSchema,
    tls: sparseHistogramSchema,
  }),
  /** Share of a core that the generator used, without spinning; this and what follows null where it does not tell. */
  utilisation: z.number().nullable(),
  gcMs: z.number().nullable(),
  gcMaxMs: z.number().nullable(),
  /** By how much the event loop was late at worst. */
  loopDelayMs: z.number().nullable(),
  /** Null where the system does not tell. */
  cpuWaitMs: z.number().nullable(),
  cpuSlices: z.number().nullable(),
  /** How long the control groups of the process were kept from running by their limits; null where not known. */
  throttledMs: z.number().nullable(),
  /** How many processors the system lets the process use; null without a limit. */
  cpuLimit: z.number().nullable(),
});
export type LoadTick = z.infer<typeof loadTickSchema>;

/** What a load process tells the coordinator. */
export const loadReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('armed') }),
  z.object({ type: z.literal('phase'), phase: z.enum(['warming-up', 'running', 'draining']) }),
  z.object({ type: z.literal('tick'), tick: loadTickSchema }),
  z.object({
    type: z.literal('ended'),
    /**
     * The length of the measured part: as planned, or until it was stopped; of fixed work until the last answer. How
     * long requests were waited for after that is not in it.
     */
    measuredMs: z.number(),
    /** From the end of the warm-up to the last answer. */
    answeredMs: z.number(),
    /** What ended the load before its time, if anything did. */
    fault: reportedErrorSchema.optional(),
  }),
  z.object({
    type: z.literal('done'),
    checked: z.int(),
    violations: z.int(),
    violationExamples: z.array(z.string()),
    /** What the user should know of the servers and of their answers, a sentence each. */
    warnings: z.array(z.string()).default([]),
    /** What the user should know and need do nothing about. */
    notes: z.array(z.string()).optional(),
    /** What was spoken with servers for which something other than HTTP/1.1 was asked. */
    protocols: z.array(negotiatedProtocolSchema).optional(),
    /** One for each check of a step that has failed. */
    checkExamples: z.array(checkExampleSchema).optional(),
    /** One for each data file that journeys use. */
    dataUse: z.array(rowUseSchema).optional(),
    /** The slowest requests of the last load, by operation. */
    slowest: z.array(slowRequestSchema).optional(),
    writes: z.array(acknowledgedWriteSchema),
  }),
  z.object({
    type: z.literal('lifecycle-ended'),
    /** What the steps have extracted. */
    variables: variablesOfSetupSchema,
    requests: wholeNumber,
    durationMs: z.number(),
    /** What ended it before its last step; undefined where nothing did. */
    failure: z.string().optional(),
    /** What else the user should know of it, a sentence each. */
    warnings: z.array(z.string()),
  }),
  /** What came of a `try`. */
  z.object({ type: z.literal('tried'), tried: triedJourneySchema }),
  /** A command could not be obeyed. */
  z.object({ type: z.literal('failed'), error: reportedErrorSchema }),
]);
export type LoadReport = z.infer<typeof loadReportSchema>;
export type LifecycleCommand = Extract<LoadCommand, { type: 'lifecycle' }>;
export type LifecycleEnd = Extract<LoadReport, { type: 'lifecycle-ended' }>;
