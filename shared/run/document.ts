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

/** The log of a run, line by line. */
export const logLineSchema = z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string() });
export type LogLine = z.infer<typeof logLineSchema>;
/** Older lines are left out. */
export const maxLogLines = 200;

/** The machine and the software that a run was made with. */
export const environmentSchema = z.object({
  proofload: z.string(),
  /** `Node 24.21.0` or `Electron 45.4.1`: what ran the target and the load process. */
  runtime: z.string(),
  node: z.string(),
  sqlite: z.string(),
  /** Whether better-sqlite3 is the stock build; the substitute for old Electrons is compiled without optimisation. */
  sqliteBuild: z.enum(['stock', 'fallback']),
  platform: z.string(),
  osRelease: z.string(),
  cpu: z.string(),
  cores: z.int(),
  memoryMb: z.int(),
  /** How the generator waits for the next arrival. */
  pacing: z.string(),
  /** A battery often means a slower processor. */
  power: z.enum(['mains', 'battery', 'unknown']).default('unknown'),
});

export type Environment = z.infer<typeof environmentSchema>;

/** The run document, version 1: everything that is known about a run. Latencies in ms, rates as fractions. */
export const runDocumentSchema = z.object({
  schema: z.literal('proofload.run/1'),
  id: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  verdict: verdictSchema,
  /** Why a run was aborted or interrupted. */
  reason: z.string().optional(),
  /** True when the run is shorter than its level asks for. */
  shortened: z.boolean(),
  /** Whether anything but its length was changed for this run; not known of runs before version 0.2. */
  overridden: z.boolean().default(false),
  scenario: scenarioSchema,
  target: targetSchema,
  /** What stood behind the built-in service, such as the version of a server. */
  backend: engineBackendSchema.optional(),
  environment: environmentSchema,
  /** What the generator of this machine was measured to do, if it was. */
  calibration: calibrationSchema.optional(),
  /** The tool that made the load, where that was not our own generator. */
  driver: driverSchema.optional(),
  /** Whether the level was unlocked for the target; a run of a locked level says so. */
  gate: gateSchema.optional(),
  metrics: runMetricsSchema,
  thresholds: z.array(thresholdResultSchema),
  trust: z.array(trustCheckSchema),
  integrity: integritySchema,
  /** What came of the checks of journeys. */
  checks: z.array(checkResultSchema).optional(),
  /** What became of the rows of data files. */
  dataFiles: z.array(dataUseSchema).optional(),
  /** What was spoken with each server; left out where nothing but HTTP/1.1 was asked for. */
  protocols: z.array(negotiatedProtocolSchema).optional(),
  /** Of a capacity search. Everything else is then about the run that confirmed it. */
  capacity: capacitySchema.optional(),
  /** Where the response time went. A run without answers has none. */
  attribution: attributionSchema.optional(),
  /** Of a run that took a CPU profile of the built-in service. */
  profile: profileSummarySchema.optional(),
  log: z.array(logLineSchema).default([]),
  /** The slowest requests of each operation that were answered, slowest first; missing from documents before version 0.2. */
  slowest: z.array(slowRequestSchema).default([]),
  intervals: z.array(runIntervalSchema),
  histograms: z.object({
    http_req_duration: z.string(),
    http_req_service: z.string(),
    send_lateness: z.string(),
  }),
});

export type RunDocument = z.infer<typeof runDocumentSchema>;
