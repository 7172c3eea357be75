import { z } from 'zod';
import { type DocumentImporter, type FileImporter, failures, type ImportedFigures, percentiles } from './importer';
import { readRows } from './readRows';
import { SampleCounters } from './sampleCounters';

/*
 * Vegeta 12: the report of `vegeta report -type=json` (lib/metrics.go), and the hits of `vegeta encode` as NDJSON or CSV
 * (lib/results.go). All durations are whole nanoseconds; the clock starts when the request is made, connecting included.
 */

const latencyDefinition = {
  starts: 'request',
  ends: 'last-byte',
  resolution: '1 ns',
  includesFailures: false,
} as const;

const ns = z.number().nonnegative();
const reportSchema = z.object({
  latencies: z.object({
    mean: ns,
    '50th': ns,
    '90th': ns.optional(),
    '95th': ns,
    '99th': ns,
    max: ns,
    min: ns.optional(),
  }),
  earliest: z.iso.datetime({ offset: true }),
  duration: ns,
  wait: ns,
  requests: z.int().nonnegative(),
  rate: z.number().nonnegative(),
  success: z.number().min(0).max(1),
});

const perMs = 1e6;

export const vegetaReport: DocumentImporter = {
  accepts: (value) => 'latencies' in value && 'bytes_in' in value && 'success' in value,
  read: (value) => {
    const { latencies, earliest, duration, wait, requests, rate, success } = reportSchema.parse(value);
    const ms = (durationNs: number | undefined): number | null =>
      durationNs === undefined ? null : durationNs / perMs;
    const failed = Math.round((1 - success) * requests);
    const ranks = { 50: latencies['50th'], 90: latencies['90th'], 95: latencies['95th'], 99: latencies['99th'] };
    const figures: ImportedFigures = {
      tool: 'vegeta',
      toolVersion: null,
      subject: null,
      startedAt: new Date(earliest).toISOString(),
      durationMs: (duration + wait) / perMs,
      latency: { ...latencyDefinition, includesFailures: failed > 0 },
      metrics: {
        http_req_duration: {
          count: requests,
          min: ms(latencies.min),
          mean: ms(latencies.mean),
          max: ms(latencies.max),
          percentiles: percentiles(
            Object.fromEntries(Object.entries(ranks).map(([rank, durationNs]) => [rank, ms(durationNs)])),
          ),
        },
        http_reqs: { count: requests, rate },
        http_req_failed: failures(failed, requests),
        by_operation: {},
      },
      thresholds: [],
      intervals: [],
      histogram: null,
      notes: ['A report has percentiles and no distribution; vegeta encode gives every request.'],
    };
    return [figures];
  },
};

function figuresOf(book: SampleCounters, attack: string): ImportedFigures {
  return {
    tool: 'vegeta',
    toolVersion: null,
    subject: attack.slice(0, 2_000) || null,
    startedAt: new Date(book.startMs ?? 0).toISOString(),
    latency: latencyDefinition,
    thresholds: [],
    notes: [],
    ...book.figures(),
  };
}

function isAnswered(code: number, error: string): boolean {
  return error === '' && code >= 200 && code < 400;
}

const hitSchema = z.object({
  attack: z.string().default(''),
  code: z.int(),
  timestamp: z.iso.datetime({ offset: true }),
  latency: ns,
  error: z.string().default(''),
  method: z.string().default(''),
});

/** NDJSON of `vegeta encode`. */
export const vegetaJson: FileImporter = {
  accepts: (head) => /^\{"attack":/.test(head) && head.includes('"latency":'),
  read: async (file) => {
    const book = new SampleCounters();
    let name = '';
    for await (const line of file.lines()) {
      if (line === '') continue;
      const { attack, code, timestamp, latency, error, method } = hitSchema.parse(JSON.parse(line));
      name ||= attack;
      const latencyMs = latency / perMs;
      const endedMs = Date.parse(timestamp) + latencyMs;
      book.add({ endedMs, latencyMs, ok: isAnswered(code, error), operation: method || undefined });
    }
    return [figuresOf(book, name)];
  },
};

const columns = [
  'timestamp',
  'code',
  'latency',
  'bytesOut',
  'bytesIn',
  'error',
  'body',
  'attack',
  'seq',
  'method',
  'url',
  'headers',
];
const rowSchema = z.object({
  timestamp: z.string().regex(/^\d{19}$/),
  code: z.coerce.number().int(),
  latency: z.coerce.number().nonnegative(),
  error: z.string(),
  attack: z.string().default(''),
  method: z.string().default(''),
});

/** CSV of `vegeta encode --to csv`, which has no names in its first line. */
export const vegetaCsv: FileImporter = {
  accepts: (head) => /^\d{19},\d{1,3},\d+,\d+,\d+,/.test(head),
  read: async (file) => {
    const book = new SampleCounters();
    let name = '';
    for await (const record of readRows(file, columns)) {
      const { timestamp, code, latency, error, attack, method } = rowSchema.parse(record);
      name ||= attack;
      const latencyMs = latency / perMs;
      const endedMs = Number(timestamp) / perMs + latencyMs;
      book.add({ endedMs, latencyMs, ok: isAnswered(code, error), operation: method || undefined });
    }
    return [figuresOf(book, name)];
  },
};
