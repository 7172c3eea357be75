import { z } from 'zod';
import { adjustedSummarySchema } from '../statistics/adjustedSummary';
import { latencySummarySchema } from '../statistics/latencySummary';

/**
 * The phases of a request, under their k6 names: until it is written to a connection; DNS lookup, TCP connect and TLS
 * handshake of new connections; until the first byte of the response; until the last byte.
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

/** The iterations of a journey: without a failure, with a failure, and cut off at the end of the load. */
const iterationCountsSchema = z.object({ completed: wholeNumber, failed: wholeNumber, interrupted: wholeNumber });

/**
 * Bytes on the wire, including headers, and bytes of the bodies that a check or an extraction read, after content
 * decoding. Older documents do not have the latter.
 */
const dataSchema = z.object({
  sentBytes: wholeNumber,
  receivedBytes: wholeNumber,
  decodedBytes: wholeNumber.optional(),
});

/** The metrics of the whole measured part. Latencies are in ms, rates of counters per second, shares as fractions. */
export const runMetricsSchema = z.object({
  http_req_duration: latencySummarySchema,
  /**
   * The percentiles of the response time over all intended requests. A request that failed, had no response or was
   * never sent counts as an unbounded latency. Missing in documents before version 0.2, and when no request was
   * intended.
   */
  http_req_duration_adjusted: adjustedSummarySchema.optional(),
  http_req_service: latencySummarySchema,
  send_lateness: latencySummarySchema,
  /**
   * Requests that ended, including failed ones. Rates are over the duration of the load: requests that ended after it
   * (`late`) are in the count but in no rate. Documents before version 0.2 have neither `successRate`, the rate of
   * successful responses, nor `late`.
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
  /** The phases of a request on the client's clock. Phases of opening a connection count once per connection. */
  phases: z.partialRecord(z.enum(requestPhases), latencySummarySchema).default({}),
  connections: z
    .object({
      opened: z.int().nonnegative(),
      lost: z.int().nonnegative(),
      /** Requests that were sent again over a new connection, because the server had closed the idle one. */
      reconnects: z.int().nonnegative().default(0),
    })
    .default({ opened: 0, lost: 0, reconnects: 0 }),
  server_timing: z.record(z.string(), latencySummarySchema),
  /**
   * For scenarios with journeys: their iterations, and the durations of iterations without a failure, from the intended
   * start to the end of the last step, including think times.
   */
  by_journey: z
    .record(z.string(), iterationCountsSchema.extend({ iteration_duration: latencySummarySchema }))
    .optional(),
  /** For several scenarios in one run: their requests and iterations. `dropped` are those that could not be started. */
  by_scenario: z
    .record(
      z.string(),
      iterationCountsSchema.extend({
        iteration_duration: latencySummarySchema,
        http_req_duration: latencySummarySchema,
        dropped: wholeNumber,
        requests: wholeNumber,
        failedRequests: wholeNumber,
      }),
    )
    .optional(),
  /** For scenarios with journeys: bytes on the wire, and decoded bytes, by operation. */
  data_by_operation: z.record(z.string(), dataSchema).optional(),
  /** Failed requests by kind: `status-503`, `timeout`, `connection-refused`, ... */
  errors: z.record(z.string(), z.int()),
});

export type RunMetrics = z.infer<typeof runMetricsSchema>;

/**
 * Returns the rate of successful responses, which the target sustained. Documents without it are assumed to have evenly
 * spread failures.
 */
export function successRateOf({ http_reqs, http_req_failed }: RunMetrics): number {
  return http_reqs.successRate ?? http_reqs.rate * (1 - http_req_failed.rate);
}

/** One second of the measured part, for charts and the history. `t` is the end of the second, from 1. */
export const runIntervalSchema = z.object({
  t: z.int(),
  /** Requests that ended, including failed ones. Percentiles are of successful requests, in ms; null without any. */
  count: z.int().nonnegative(),
  rate: z.number(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  max: z.number().nullable(),
  /** Successful requests by response time, in the bins of the heatmap: the lower bound in ms, and the count. */
  latencyCounts: z.array(z.tuple([z.number(), z.int().nonnegative()])).default([]),
  failed: z.int().nonnegative(),
  cacheHitRate: z.number().nullable(),
  /** Null when the generator does not report it. */
  inFlight: z.int().nonnegative().nullable(),
  /** Requests that the schedule planned for this second; null in a closed model. */
  asked: z.int().nullable(),
  sent: z.int().nonnegative(),
  dropped: z.int().nonnegative(),
  /** Whether the load had ended and only its last responses were awaited. The time of such a second does not count. */
  isDraining: z.boolean().default(false),
  /** Requests among `count` that ended after the load, and the failed ones among them. */
  late: z.int().nonnegative().default(0),
  lateFailed: z.int().nonnegative().default(0),
  /** Requests whose response reported a cache lookup. */
  cacheLookups: z.int().nonnegative(),
  /** Failed requests by kind. */
  errors: z.record(z.string(), z.int()),
  /** Failed requests by the stage of the ramp that intended them. */
  failedByStage: z.record(z.string(), z.int()).default({}),
  /** Failed requests by operation and kind, and by stage and kind. */
  errorsByOperation: z.record(z.string(), z.record(z.string(), z.int())).default({}),
  errorsByStage: z.record(z.string(), z.record(z.string(), z.int())).default({}),
  /** Iterations that could not be started, by the stage that intended them. */
  droppedByStage: z.record(z.string(), z.int()).default({}),
  /** For several scenarios: iterations that could not be started, by the scenario that intended them. */
  droppedByScenario: z.record(z.string(), wholeNumber).optional(),
  connectionsOpened: z.int().nonnegative().default(0),
  /** Connections that failed during a request that was not sent again. */
  connectionsLost: z.int().nonnegative().default(0),
  /** Requests that were sent again over a new connection, because the server had closed the idle one. */
  reconnects: z.int().nonnegative().default(0),
  /**
   * Garbage collection pauses of the generator, in ms: their sum and the longest. Null when it does not report them.
   */
  generatorGcMs: z.number().nullable().default(0),
  generatorGcMaxMs: z.number().nullable().default(0),
  /** The maximum delay of the generator's event loop, in ms. */
  generatorLoopDelayMs: z.number().nullable().default(null),
  /** How long the generator was runnable but waited for a processor, in ms; null when the system does not report it. */
  generatorCpuWaitMs: z.number().nullable().default(null),
  /** How often the generator was scheduled on a processor; null when the system does not report it. */
  generatorCpuSlices: z.number().nullable().default(null),
  /**
   * How long control groups throttled the generator, in ms; null when the system does not report it. Linux adds up the
   * times of all processors, so that it can exceed a second.
   */
  generatorThrottledMs: z.number().nullable().default(null),
  /** How many processors a load process may use, for example in a container; null without a limit. */
  generatorCpuLimit: z.number().nullable().default(null),
  /** Share of a core that the generator used, 0..1, without busy-waiting for the next arrival. */
  generatorUtilisation: z.number().nullable(),
  /**
   * The service process: share of a core 0..n, event-loop utilisation 0..1, resident memory. Null for an external
   * target.
   */
  targetCpu: z.number().nullable(),
  targetUtilisation: z.number().nullable(),
  targetRssMb: z.number().nullable(),
  /** The used JavaScript heap of the target, including external buffers. */
  targetHeapMb: z.number().nullable().default(null),
  /** Garbage collection pauses of the target, in ms: their sum and the longest. */
  targetGcMs: z.number().nullable().default(null),
  targetGcMaxMs: z.number().nullable().default(null),
  /** How long the target was runnable but waited for a processor, in ms; null when the system does not report it. */
  targetCpuWaitMs: z.number().nullable().default(null),
  /** The maximum delay of the target's event loop, in ms. */
  targetLoopDelayMs: z.number().nullable().default(null),
  /** What the target wrote to disks; null when the system does not report it. */
  targetWrittenMb: z.number().nullable().default(null),
  /** How long the parts of requests blocked the target's event loop, in ms. */
  targetLoopHeldMs: z.record(z.string(), z.number()).default({}),
  /**
   * The longest time for which a part blocked it at once, in ms. Parts that never blocked it for a millisecond are left
   * out.
   */
  targetLoopHeldMaxMs: z.record(z.string(), z.number()).default({}),
  /** Share of all processors of this machine that other programs used, 0..1; null when unknown. */
  otherCpuShare: z.number().nullable().default(null),
  /** Share of all processors that the host of this virtual machine withheld (steal time), 0..1; null when unknown. */
  stolenCpuShare: z.number().nullable().default(null),
  /** The average time that requests spent in each part, in ms (shared/attribution/parts.ts). */
  parts: z.record(z.string(), z.number()).default({}),
  /** The average time that the slowest hundredth of the requests spent in each part, in ms. */
  slowestParts: z.record(z.string(), z.number()).default({}),
  /** For scenarios with journeys: iterations that ended, by journey and result. */
  iterations: z.record(z.string(), iterationCountsSchema).optional(),
  /** For scenarios with journeys: checks by operation and name. */
  checks: z.record(z.string(), z.record(z.string(), z.object({ passes: wholeNumber, fails: wholeNumber }))).optional(),
  /** For scenarios with journeys: bytes on the wire by operation. */
  dataByOperation: z.record(z.string(), dataSchema).optional(),
});

export type RunInterval = z.infer<typeof runIntervalSchema>;
