import { z } from 'zod';
import { adjustedSummarySchema } from '../statistics/adjustedSummary';
import { latencySummarySchema } from '../statistics/latencySummary';

/**
 * The parts of a request, under the names that k6 gives them: until it was written to a connection, name lookup, TCP
 * connect and TLS handshake of new connections, until the first byte of the answer, and until its last.
 */
export const requestPhases = [
  'http_req_blocked',
  'http_req_looking_up',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_waiting',
  'http_req_receiving',
] as const;
export type RequestPhase = (typeof requestPhases)[number];

const wholeNumber = z.int().nonnegative();

/**
 * Iterations of a journey: those in which nothing failed, those in which something did, and those that were cut off at
 * the end of the load.
 */
const iterationCountsSchema = z.object({ completed: wholeNumber, failed: wholeNumber, interrupted: wholeNumber });

/**
 * Bytes on the wire, heads included; and bytes of the bodies that a check or an extraction looked at, without their
 * content encodings. Documents of before do not have the latter.
 */
const dataSchema = z.object({
  sentBytes: wholeNumber,
  receivedBytes: wholeNumber,
  decodedBytes: wholeNumber.optional(),
});

/** What a run document says about the whole measured part. Latencies in ms, rates of counters per second, shares as fractions. */
export const runMetricsSchema = z.object({
  http_req_duration: latencySummarySchema,
  /**
   * The percentiles of the response time over all intended requests: one that failed, was never answered or never sent
   * is a latency without bound. Missing in documents before version 0.2, and where nothing was intended.
   */
  http_req_duration_adjusted: adjustedSummarySchema.optional(),
  http_req_service: latencySummarySchema,
  send_lateness: latencySummarySchema,
  /**
   * Requests that ended, failed ones included. Rates are over the time of the load: what ended after it (`late`) is in
   * the count and in no rate. Documents before
   * version 0.2 have neither `successRate`, the rate of right answers, nor `late`.
   */
  http_reqs: z.object({
    count: z.int().nonnegative(),
    rate: z.number(),
    successRate: z.number().optional(),
    late: z.int().nonnegative().optional(),
  }),
  http_req_failed: z.object({ count: z.int().nonnegative(), rate: z.number() }),
  dropped_iterations: z.object({ count: z.int().nonnegative() }),
  cache_hit: z.object({ count: z.int().nonnegative(), rate: z.number() }),
  by_operation: z.record(z.string(), latencySummarySchema),
  /** By stage of a ramp, numbered from 0. */
  by_stage: z
    .record(z.string(), z.object({ http_req_duration: latencySummarySchema, failed: z.int().nonnegative() }))
    .default({}),
  /** The parts of a request on the client's clock; those of opening a connection count per connection. */
  phases: z.partialRecord(z.enum(requestPhases), latencySummarySchema).default({}),
  connections: z
    .object({
      opened: z.int().nonnegative(),
      lost: z.int().nonnegative(),
      /** Requests that met the close of a connection that had been idle, and were sent again over a fresh one. */
      reconnects: z.int().nonnegative().default(0),
    })
    .default({ opened: 0, lost: 0, reconnects: 0 }),
  server_timing: z.record(z.string(), latencySummarySchema),
  /**
   * Of scenarios with journeys: their iterations, and how long those took in which nothing failed, from the intended
   * start to the end of the last step, think times included.
   */
  by_journey: z
    .record(z.string(), iterationCountsSchema.extend({ iteration_duration: latencySummarySchema }))
    .optional(),
  /** Of scenarios with journeys: bytes on the wire, and decoded ones, by operation. */
  data_by_operation: z.record(z.string(), dataSchema).optional(),
  /** Failed requests by kind: `status-503`, `timeout`, `connection-refused`, ... */
  errors: z.record(z.string(), z.int()),
});

export type RunMetrics = z.infer<typeof runMetricsSchema>;

/** The rate of right answers: what the target held. Documents that do not say it have failures spread evenly. */
export function successRateOf({ http_reqs, http_req_failed }: RunMetrics): number {
  return http_reqs.successRate ?? http_reqs.rate * (1 - http_req_failed.rate);
}

/** One second of the measured part: what charts show and the history keeps. `t` is the second's end, from 1. */
export const runIntervalSchema = z.object({
  t: z.int(),
  /** Requests that ended, failed ones included. Percentiles in ms are those of successful ones, null without any. */
  count: z.int().nonnegative(),
  rate: z.number(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  max: z.number().nullable(),
  /** Successful requests by response time, in the bins of the heatmap: at least so many ms, and how many. */
  latencyCounts: z.array(z.tuple([z.number(), z.int().nonnegative()])).default([]),
  failed: z.int().nonnegative(),
  cacheHitRate: z.number().nullable(),
  /** Null where the generator does not tell. */
  inFlight: z.int().nonnegative().nullable(),
  /** Requests that the schedule asked for in this second; null in a closed model. */
  asked: z.int().nullable(),
  sent: z.int().nonnegative(),
  dropped: z.int().nonnegative(),
  /** Whether the load had ended before and only its last answers were awaited: such a second's time counts for nothing. */
  isDraining: z.boolean().default(false),
  /** Requests among `count` that came to their end after that of the load, and those of them that failed. */
  late: z.int().nonnegative().default(0),
  lateFailed: z.int().nonnegative().default(0),
  /** Requests whose answer said how the cache was asked. */
  cacheLookups: z.int().nonnegative(),
  /** Failed requests by kind. */
  errors: z.record(z.string(), z.int()),
  /** Failed requests by the stage of the ramp that intended them. */
  failedByStage: z.record(z.string(), z.int()).default({}),
  /** Failed requests by operation, and by stage, and there by kind. */
  errorsByOperation: z.record(z.string(), z.record(z.string(), z.int())).default({}),
  errorsByStage: z.record(z.string(), z.record(z.string(), z.int())).default({}),
  /** Iterations that could not be sent, by the stage that intended them. */
  droppedByStage: z.record(z.string(), z.int()).default({}),
  connectionsOpened: z.int().nonnegative().default(0),
  /** Connections that broke under a request that was not sent again. */
  connectionsLost: z.int().nonnegative().default(0),
  /** Requests that met the close of a connection that had been idle, and were sent again over a fresh one. */
  reconnects: z.int().nonnegative().default(0),
  /** Pauses of the generator for garbage collection, in ms: their sum and the longest; null where it does not tell. */
  generatorGcMs: z.number().nullable().default(0),
  generatorGcMaxMs: z.number().nullable().default(0),
  /** By how much the generator's event loop was late at worst, in ms. */
  generatorLoopDelayMs: z.number().nullable().default(null),
  /**
   * How long the generator was ready to run and waited for a processor, in ms; null where the system does not report
   * it.
   */
  generatorCpuWaitMs: z.number().nullable().default(null),
  /** How often a processor was given to the generator; null where the system does not report it. */
  generatorCpuSlices: z.number().nullable().default(null),
  /**
   * How long the limits of control groups kept the generator from running, in ms; null where the system does not report
   * it. Linux adds up the times of all processors: it can be more than a second.
   */
  generatorThrottledMs: z.number().nullable().default(null),
  /** How many processors the system lets a load process use, as containers do; null without a limit. */
  generatorCpuLimit: z.number().nullable().default(null),
  /** Share of a core that the generator used, 0..1, without the time it spun waiting for the next arrival. */
  generatorUtilisation: z.number().nullable(),
  /**
   * The service process: share of a core 0..n, event-loop utilisation 0..1, resident memory. Null for an external
   * target.
   */
  targetCpu: z.number().nullable(),
  targetUtilisation: z.number().nullable(),
  targetRssMb: z.number().nullable(),
  /** What the target's JavaScript heap holds, with the buffers outside of it. */
  targetHeapMb: z.number().nullable().default(null),
  /** Pauses of the target for garbage collection, in ms: their sum and the longest. */
  targetGcMs: z.number().nullable().default(null),
  targetGcMaxMs: z.number().nullable().default(null),
  /**
   * How long the target was ready to run and waited for a processor, in ms; null where the system does not report it.
   */
  targetCpuWaitMs: z.number().nullable().default(null),
  /** By how much the target's event loop was late at worst, in ms. */
  targetLoopDelayMs: z.number().nullable().default(null),
  /** What the target had written to disks; null where the system does not report it. */
  targetWrittenMb: z.number().nullable().default(null),
  /** How long the parts of requests held the target's event loop, in ms. */
  targetLoopHeldMs: z.record(z.string(), z.number()).default({}),
  /** How long a part held it at once at most, in ms; parts that never held it for a millisecond are left out. */
  targetLoopHeldMaxMs: z.record(z.string(), z.number()).default({}),
  /** Share of all processors of this machine that other programs used, 0..1; null where it is not known. */
  otherCpuShare: z.number().nullable().default(null),
  /** Share of all processors that the host of this machine withheld, 0..1; null where it is not known. */
  stolenCpuShare: z.number().nullable().default(null),
  /** What requests spent in each part on average, in ms (shared/attribution/parts.ts). */
  parts: z.record(z.string(), z.number()).default({}),
  /** What the slowest hundredth of the requests spent in each part on average, in ms. */
  slowestParts: z.record(z.string(), z.number()).default({}),
  /** Of scenarios with journeys: iterations that ended, by journey and how. */
  iterations: z.record(z.string(), iterationCountsSchema).optional(),
  /** Of scenarios with journeys: checks by operation and by name. */
  checks: z.record(z.string(), z.record(z.string(), z.object({ passes: wholeNumber, fails: wholeNumber }))).optional(),
  /** Of scenarios with journeys: bytes on the wire by operation. */
  dataByOperation: z.record(z.string(), dataSchema).optional(),
});

export type RunInterval = z.infer<typeof runIntervalSchema>;
