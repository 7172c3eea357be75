import { z } from 'zod';
import { attributionSchema } from '../attribution/attribution';
import { engineBackendSchema } from '../engines/backend';
import { gateSchema } from '../ladder/gate';
import { profileSummarySchema } from '../profile/cpuProfile';
import { scenarioSchema } from '../scenario/schema';
import { thresholdResultSchema } from '../thresholds/evaluate';
import { calibrationSchema } from './calibration';
import { capacitySchema } from './capacity';
import { checkResultSchema } from './checkResult';
import { dataUseSchema } from './dataUse';
import { driverSchema } from './driver';
import { runIntervalSchema, runMetricsSchema } from './metrics';
import { negotiatedProtocolSchema } from './negotiatedProtocol';
import { slowRequestSchema } from './slowRequest';
import { targetSchema } from './target';
import { trustCheckSchema } from './trustCheck';
import { integritySchema, verdictSchema } from './verdict';

/** A line of the log of a run. */
export const logLineSchema = z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string() });
export type LogLine = z.infer<typeof logLineSchema>;
/** The maximum number of log lines; older ones are dropped. */
export const maxLogLines = 200;

/** The machine and the software of a run. */
export const environmentSchema = z.object({
  proofload: z.string(),
  /** The runtime of the target and the load process: `Node 24.21.0` or `Electron 45.4.1`. */
  runtime: z.string(),
  node: z.string(),
  sqlite: z.string(),
  /**
   * Whether better-sqlite3 is the stock build. The substitute for old versions of Electron is compiled without
   * optimisation.
   */
  sqliteBuild: z.enum(['stock', 'fallback']),
  platform: z.string(),
  osRelease: z.string(),
  cpu: z.string(),
  cores: z.int(),
  memoryMb: z.int(),
  /** How the generator waits for the next arrival. */
  pacing: z.string(),
  /** Machines on battery are often slower. */
  power: z.enum(['mains', 'battery', 'unknown']).default('unknown'),
});

export type Environment = z.infer<typeof environmentSchema>;

/** The run document, version 1: everything that is known about a run. Latencies are in ms, rates are fractions. */
export const runDocumentSchema = z.object({
  schema: z.literal('proofload.run/1'),
  id: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  verdict: verdictSchema,
  /** Why a run was aborted or interrupted. */
  reason: z.string().optional(),
  /** True when the run is shorter than its level. */
  shortened: z.boolean(),
  /** Whether anything except its length was changed for this run. It is not known for runs from before version 0.2. */
  overridden: z.boolean().default(false),
  scenario: scenarioSchema,
  target: targetSchema,
  /** The backend of the built-in service, such as the version of a server. */
  backend: engineBackendSchema.optional(),
  environment: environmentSchema,
  /** The calibration of this machine's generator, when there is one. */
  calibration: calibrationSchema.optional(),
  /** The tool that generated the load, when it was not Proofload's own generator. */
  driver: driverSchema.optional(),
  /** Whether the level was unlocked for the target. A run of a locked level states this. */
  gate: gateSchema.optional(),
  metrics: runMetricsSchema,
  thresholds: z.array(thresholdResultSchema),
  trust: z.array(trustCheckSchema),
  integrity: integritySchema,
  /** The results of the checks of journeys. */
  checks: z.array(checkResultSchema).optional(),
  /** How the rows of data files were used. */
  dataFiles: z.array(dataUseSchema).optional(),
  /** The HTTP versions negotiated with servers; omitted when only HTTP/1.1 was requested. */
  protocols: z.array(negotiatedProtocolSchema).optional(),
  /** The result of a capacity search. Everything else in the document is then about the run that confirmed it. */
  capacity: capacitySchema.optional(),
  /** The parts of the response time; missing without responses. */
  attribution: attributionSchema.optional(),
  /** The CPU profile of the built-in service, when one was recorded. */
  profile: profileSummarySchema.optional(),
  log: z.array(logLineSchema).default([]),
  /**
   * The slowest requests of each operation that received a response, slowest first. Documents from before version 0.2
   * have none.
   */
  slowest: z.array(slowRequestSchema).default([]),
  intervals: z.array(runIntervalSchema),
  histograms: z.object({
    http_req_duration: z.string(),
    http_req_service: z.string(),
    send_lateness: z.string(),
  }),
});

export type RunDocument = z.infer<typeof runDocumentSchema>;
