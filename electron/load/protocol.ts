import { z } from 'zod';
import { reportedErrorSchema } from '../../shared/errors/errorDetails';
import { negotiatedProtocolSchema } from '../../shared/run/negotiatedProtocol';
import { slowRequestSchema } from '../../shared/run/slowRequest';
import { urlTargetSchema } from '../../shared/run/target';
import { lifecycleParts } from '../../shared/scenario/lifecycle';
import { processLoadSchema, scenarioSchema } from '../../shared/scenario/schema';
import { triedJourneySchema } from '../../shared/scenario/triedJourney';
import { hostAddressesSchema } from '../hosts/addresses';
import { acknowledgedWriteSchema } from '../service/protocol';
import type { NamedRowUse } from './data/journeyData';
import { loadPhases } from './loadPhase';

const sparseHistogramSchema = z.object({
  indexes: z.instanceof(Uint16Array),
  counts: z.instanceof(Uint32Array),
  count: z.int(),
  minUs: z.number(),
  maxUs: z.number(),
  sumUs: z.number(),
});

/**
 * A URL target with the addresses of its hosts, as they were admitted (hosts/hostGuard.ts). Hosts of this machine need
 * none.
 */
const urlLoadTargetSchema = urlTargetSchema.extend({
  addresses: hostAddressesSchema.optional(),
  /** The folder of the scenario's file. Paths of files are relative to it. */
  filesFolder: z.string().optional(),
});
export type UrlLoadTarget = z.infer<typeof urlLoadTargetSchema>;

/** Where the load goes: an external target, or the address of the built-in document service. */
const loadTargetSchema = z.union([urlLoadTargetSchema, z.object({ kind: z.literal('documents'), origin: z.string() })]);
export type LoadTarget = z.infer<typeof loadTargetSchema>;

const variablesOfSetupSchema = z.record(z.string(), z.string());

/** The inputs of a load's journeys that are not in the scenario. */
const loadInputsSchema = z.object({
  /** The paths of the data files, by name. */
  dataPaths: z.record(z.string(), z.string()),
  /** The variables that the setup has extracted. */
  given: variablesOfSetupSchema,
});
export type LoadInputs = z.infer<typeof loadInputsSchema>;

/** The values of secrets, which replace references to them in requests. Reports never contain them. */
const secretsSchema = z.map(z.string(), z.string()).default(new Map());

/**
 * The commands from the coordinator to a load process: `open` once, then any number of `arm` and `go`, and `finish` at
 * the end. A `try` or a `lifecycle` comes alone.
 */
export const loadCommandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    scenario: scenarioSchema,
    target: loadTargetSchema,
    /** The part of the load that this process generates. */
    shard: z.object({ index: z.int().nonnegative(), count: z.int().positive() }),
    secrets: secretsSchema,
    inputs: loadInputsSchema.optional(),
  }),
  /** Runs the setup or the teardown of a scenario, in a process of its own. */
  z.object({
    type: z.literal('lifecycle'),
    part: z.enum(lifecycleParts),
    scenario: scenarioSchema,
    target: urlLoadTargetSchema,
    secrets: z.map(z.string(), z.string()),
    given: variablesOfSetupSchema,
  }),
  /** One virtual user goes once through the only journey of the scenario. */
  z.object({
    type: z.literal('try'),
    scenario: scenarioSchema,
    target: urlLoadTargetSchema,
    secrets: secretsSchema,
    dataPaths: loadInputsSchema.shape.dataPaths,
  }),
  /** Opens the connections of a load. Without `thinks`, virtual users skip their think times. */
  z.object({
    type: z.literal('arm'),
    load: processLoadSchema,
    warmupMs: z.number().nonnegative(),
    thinks: z.boolean().optional(),
  }),
  /** Starts the armed load at a time that all processes share (sharedClock.ts). */
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

/** What a load process records about journeys in a quarter of a second, in addition to their requests. */
const journeyTickSchema = z.object({
  /**
   * By journey: the time from the intended start of an iteration to the end of its last step. Only iterations in which
   * nothing failed.
   */
  durations: histogramsSchema,
  /** The number of iterations by journey and outcome. */
  iterations: z.record(z.string(), z.object({ completed: wholeNumber, failed: wholeNumber, interrupted: wholeNumber })),
  /** By operation: the bytes of its requests and responses, the bytes of decoded bodies, and its checks by name. */
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

/** The value in a response for which a check or an extraction failed. */
const checkExampleSchema = z.object({ operation: z.string(), check: z.string(), message: z.string() });
export type CheckExample = z.infer<typeof checkExampleSchema>;

/** How one load process used the rows of a data file. */
const rowUseSchema = z.object({
  name: z.string(),
  rows: wholeNumber.nullable(),
  used: wholeNumber,
  wraps: wholeNumber,
  isExhausted: z.boolean(),
  hasChanged: z.boolean(),
  waits: wholeNumber,
}) satisfies z.ZodType<NamedRowUse>;

/** What one load process recorded in a quarter of a second: merged histograms and counts, nothing per request. */
const loadTickSchema = z.object({
  /** The number of the quarter second since the end of the warm-up, from 1; 0 and below during the warm-up. */
  index: z.int(),
  durationMs: z.number(),
  /** The end of the tick, in ms from the start of the load. */
  elapsedMs: z.number(),
  warmup: z.boolean(),
  /** Whether the load only waited for its last responses during the tick. */
  draining: z.boolean(),
  /** Iterations that the schedule asked for in this tick; null in a closed model. */
  asked: z.int().nullable(),
  sent: z.int(),
  dropped: z.int(),
  /** Only in runs with several scenarios: those that dropped iterations. */
  droppedByScenario: z.record(z.string(), z.int()).optional(),
  /** Requests that ended after the end of the load, and how many of them failed. */
  late: z.int(),
  lateFailed: z.int(),
  /** Null when the generator does not report it, as with other tools. */
  inFlight: z.int().nullable(),
  failures: z.record(z.string(), z.int()),
  /** Failures by operation, then by kind. */
  errorsByOperation: z.record(z.string(), z.record(z.string(), z.int())),
  cacheHits: z.int(),
  cacheLookups: z.int(),
  /** Response time of successful requests by operation. */
  response: histogramsSchema,
  /**
   * Service time of successful requests, and its parts: until the request is written, until the first byte, until the
   * last.
   */
  service: sparseHistogramSchema,
  blocked: sparseHistogramSchema,
  waiting: sparseHistogramSchema,
  receiving: sparseHistogramSchema,
  /** Send lateness of all requests. */
  lateness: sparseHistogramSchema,
  serverTiming: histogramsSchema,
  /** The attribution of the response time of successful requests, by operation. */
  parts: z.record(z.string(), sparseProfileSchema),
  /** Requests by the stage of their intended time; failures by kind. */
  stages: z.record(
    z.string(),
    z.object({ response: sparseHistogramSchema, failures: z.record(z.string(), z.int()), dropped: z.int() }),
  ),
  /** Only in scenarios with journeys. */
  journeys: journeyTickSchema.optional(),
  connections: z.object({
    opened: z.int(),
    /** Connections that broke with a request in flight that was not sent again. */
    lost: z.int(),
    /** Requests that were sent again over a new connection, because the server closed the idle one that they used. */
    reconnects: z.int(),
    open: z.int(),
    lookup: sparseHistogramSchema,
    connect: sparseHistogramSchema,
    tls: sparseHistogramSchema,
  }),
  /**
   * The share of a core that the generator used, without spinning. This field and the following are null when not
   * reported.
   */
  utilisation: z.number().nullable(),
  gcMs: z.number().nullable(),
  gcMaxMs: z.number().nullable(),
  /** The longest delay of the event loop. */
  loopDelayMs: z.number().nullable(),
  /** Null when the system does not report it. */
  cpuWaitMs: z.number().nullable(),
  cpuSlices: z.number().nullable(),
  /** How long the control groups of the process were throttled; null when not known. */
  throttledMs: z.number().nullable(),
  /** The number of processors that the process may use; null without a limit. */
  cpuLimit: z.number().nullable(),
});
export type LoadTick = z.infer<typeof loadTickSchema>;

/** The reports from a load process to the coordinator. */
export const loadReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('armed') }),
  z.object({ type: z.literal('phase'), phase: z.enum(loadPhases) }),
  z.object({ type: z.literal('tick'), tick: loadTickSchema }),
  z.object({
    type: z.literal('ended'),
    /**
     * The duration of the measured part: as planned, or until it was stopped. A fixed number of iterations ends with
     * the last response. Later waits for requests are not included.
     */
    measuredMs: z.number(),
    /** The time from the end of the warm-up to the last response, in ms. */
    answeredMs: z.number(),
    /** The error that ended the load early, if any. */
    fault: reportedErrorSchema.optional(),
  }),
  z.object({
    type: z.literal('done'),
    checked: z.int(),
    violations: z.int(),
    violationExamples: z.array(z.string()),
    /** Warnings about the servers and their responses, one sentence each. */
    warnings: z.array(z.string()).default([]),
    /** Notes for the user that require no action. */
    notes: z.array(z.string()).optional(),
    /** The negotiated HTTP version of each server for which something other than HTTP/1.1 was requested. */
    protocols: z.array(negotiatedProtocolSchema).optional(),
    /** One example for each failed check of a step. */
    checkExamples: z.array(checkExampleSchema).optional(),
    /** One entry for each data file that journeys use. */
    dataUse: z.array(rowUseSchema).optional(),
    /** The slowest requests of the last load, by operation. */
    slowest: z.array(slowRequestSchema).optional(),
    writes: z.array(acknowledgedWriteSchema),
  }),
  z.object({
    type: z.literal('lifecycle-ended'),
    /** The variables that the steps have extracted. */
    variables: variablesOfSetupSchema,
    requests: wholeNumber,
    durationMs: z.number(),
    /** Why it ended before its last step; undefined if it completed. */
    failure: z.string().optional(),
    /** Warnings for the user, one sentence each. */
    warnings: z.array(z.string()),
  }),
  /** The result of a `try`. */
  z.object({ type: z.literal('tried'), tried: triedJourneySchema }),
  /** A command failed. */
  z.object({ type: z.literal('failed'), error: reportedErrorSchema }),
]);
export type LoadReport = z.infer<typeof loadReportSchema>;
export type LifecycleCommand = Extract<LoadCommand, { type: 'lifecycle' }>;
export type LifecycleEnd = Extract<LoadReport, { type: 'lifecycle-ended' }>;
