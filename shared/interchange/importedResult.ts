import { z } from 'zod';
import { latencyDefinitionSchema } from './latencyDefinition';

/** The tools whose results can be imported. */
export const importedToolSchema = z.enum([
  'k6',
  'autocannon',
  'artillery',
  'vegeta',
  'oha',
  'wrk2',
  'wrk',
  'hey',
  'ab',
  'hdrhistogram',
  'jmeter',
  'locust',
  'hyperfine',
  'gatling',
  'siege',
  'bombardier',
  'fortio',
  'nighthawk',
  'ghz',
]);
export type ImportedTool = z.infer<typeof importedToolSchema>;

/** The names of these tools. */
export const toolNames: Record<ImportedTool, string> = {
  k6: 'k6',
  autocannon: 'autocannon',
  artillery: 'Artillery',
  vegeta: 'Vegeta',
  oha: 'oha',
  wrk2: 'wrk2',
  wrk: 'wrk',
  hey: 'hey',
  ab: 'ApacheBench',
  hdrhistogram: 'HdrHistogram',
  jmeter: 'JMeter',
  locust: 'Locust',
  hyperfine: 'hyperfine',
  gatling: 'Gatling',
  siege: 'siege',
  bombardier: 'bombardier',
  fortio: 'Fortio',
  nighthawk: 'Nighthawk',
  ghz: 'ghz',
};

const known = z.number().nullable();
const countSchema = z.int().nonnegative();

/** Latencies of an imported result, in ms. What its file does not state is null or absent from the percentiles. */
export const importedLatencySchema = z.object({
  count: countSchema.nullable(),
  min: known,
  mean: known,
  max: known,
  /** By percentile, such as `50`, `99.9`. */
  percentiles: z.record(z.string().regex(/^\d{1,3}(\.\d{1,5})?$/), z.number().nonnegative()),
});
export type ImportedLatency = z.infer<typeof importedLatencySchema>;

/** An interval of an imported result. */
export const importedIntervalSchema = z.object({
  /** The end of the interval, in seconds since the start. */
  t: z.number().positive(),
  lengthS: z.number().positive(),
  count: countSchema,
  failed: countSchema.nullable(),
  p50: known,
  p95: known,
  p99: known,
  max: known,
});
export type ImportedInterval = z.infer<typeof importedIntervalSchema>;

/**
 * What the file of another tool states about a run, in Proofload's terms and units: latencies in ms, rates per second,
 * shares as fractions.
 */
export const importedResultSchema = z.object({
  schema: z.literal('proofload.result/1'),
  id: z.string(),
  importedAt: z.iso.datetime(),
  tool: importedToolSchema,
  toolVersion: z.string().max(100).nullable(),
  /** The name of the file, without its folder. */
  file: z.string().max(255),
  /** What was loaded or run, as stated in the file: a URL, a script, a title. */
  subject: z.string().max(2_000).nullable(),
  /** When the run started, if the file states it. */
  startedAt: z.iso.datetime().nullable(),
  durationMs: z.number().nonnegative().nullable(),
  latency: latencyDefinitionSchema,
  metrics: z.object({
    http_req_duration: importedLatencySchema,
    http_reqs: z.object({ count: countSchema, rate: known }),
    /** Null when the tool does not count failures. */
    http_req_failed: z.object({ count: countSchema, rate: z.number() }).nullable(),
    by_operation: z.record(z.string().max(200), importedLatencySchema),
  }),
  /** The tool's own thresholds. */
  thresholds: z.array(z.object({ metric: z.string(), expression: z.string(), ok: z.boolean() })).max(1_000),
  intervals: z.array(importedIntervalSchema).max(20_000),
  /** HdrHistogram V2, compressed, base64, microseconds; only when the file contains a distribution. */
  histogram: z.string().nullable(),
  /** What is lost, unknown or different, one sentence each. */
  notes: z.array(z.string()).max(50),
});
export type ImportedResult = z.infer<typeof importedResultSchema>;
