import { z } from 'zod';
import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { encodeHdr } from '../../hdr/hdrCodec';
import {
  type DocumentImporter,
  type FileImporter,
  failures,
  type ImportedFigures,
  latencyOf,
  percentiles,
} from './importer';
import { headerOf, readRows } from './readRows';
import { maxCount } from './sampleCounters';

/*
 * Locust 2.40: `--json` and `*_stats.csv` (locust/stats.py). Latencies are whole milliseconds, above 100 ms of two
 * digits; those of failed requests are among them.
 */

const rounded = 'Latencies are whole milliseconds, from 100 ms on of two digits.';

function definition(failed: number): ImportedFigures['latency'] {
  return {
    starts: 'request',
    ends: 'last-byte',
    resolution: '1 ms, two digits',
    includesFailures: failed > 0,
  };
}

function notesOf(failed: number): string[] {
  return failed > 0 ? [rounded, 'The latencies include failed requests.'] : [rounded];
}

const count = z.int().nonnegative();
const entrySchema = z.object({
  name: z.string(),
  method: z.string().nullish(),
  num_requests: count,
  num_failures: count,
  start_time: z.number().nonnegative(),
  last_request_timestamp: z.number().nonnegative().nullish(),
  response_times: z.record(z.string().regex(/^\d+(\.\d+)?$/), count),
});

/** `--json`: an array of entries; their response times are distributions, which can be merged. */
export const locustJson: DocumentImporter = {
  accepts: (value) => {
    const first: unknown = Array.isArray(value) ? value[0] : undefined;
    return typeof first === 'object' && first !== null && 'num_requests' in first && 'response_times' in first;
  },
  read: (value) => {
    const entries = z.array(entrySchema).min(1).max(10_000).parse(value);
    const times = entries.flatMap(({ response_times }) => Object.values(response_times));
    if (times.reduce((sum, count) => sum + count, 0) > maxCount)
      throw new RangeError('more requests than can be counted');
    const whole = new LatencyHistogram();
    const byOperation: Record<string, ImportedLatency> = {};
    for (const { name, method, response_times } of entries) {
      const histogram = new LatencyHistogram();
      for (const [latencyMs, times] of Object.entries(response_times))
        histogram.record(Number(latencyMs) * 1_000, times);
      whole.merge(histogram);
      byOperation[`${method ?? ''} ${name}`.trim().slice(0, 200)] = latencyOf(histogram);
    }
    const requests = entries.reduce((sum, { num_requests }) => sum + num_requests, 0);
    const failed = entries.reduce((sum, { num_failures }) => sum + num_failures, 0);
    const startS = Math.min(...entries.map(({ start_time }) => start_time));
    const endS = Math.max(...entries.map(({ last_request_timestamp }) => last_request_timestamp ?? startS));
    const durationMs = (endS - startS) * 1_000;
    const figures: ImportedFigures = {
      tool: 'locust',
      toolVersion: null,
      subject: null,
      startedAt: new Date(startS * 1_000).toISOString(),
      durationMs,
      latency: definition(failed),
      metrics: {
        http_req_duration: latencyOf(whole),
        http_reqs: { count: requests, rate: durationMs > 0 ? (requests * 1_000) / durationMs : null },
        http_req_failed: failures(failed, requests),
        by_operation: byOperation,
      },
      thresholds: [],
      intervals: [],
      histogram: encodeHdr(whole),
      notes: notesOf(failed),
    };
    return [figures];
  },
};

/** An empty cell, and `N/A` of an entry without requests, are unknown. */
const cell = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text === '' || text === 'N/A' ? null : Number(text)))
  .refine((value) => value === null || (Number.isFinite(value) && value >= 0), 'is not a number');

const rowSchema = z.looseObject({
  Type: z.string(),
  Name: z.string(),
  'Request Count': z.coerce.number().int().nonnegative(),
  'Failure Count': z.coerce.number().int().nonnegative(),
  'Average Response Time': cell,
  'Min Response Time': cell,
  'Max Response Time': cell,
  'Requests/s': cell,
  '50%': cell,
  '75%': cell,
  '90%': cell,
  '95%': cell,
  '98%': cell,
  '99%': cell,
  '99.9%': cell,
});
type Row = z.infer<typeof rowSchema>;

function latencyOfRow(row: Row): ImportedLatency {
  const ranks = ['50%', '75%', '90%', '95%', '98%', '99%', '99.9%'] as const;
  return {
    count: row['Request Count'],
    min: row['Min Response Time'],
    mean: row['Average Response Time'],
    max: row['Max Response Time'],
    percentiles: percentiles(Object.fromEntries(ranks.map((rank) => [rank.slice(0, -1), row[rank]]))),
  };
}

/** `*_stats.csv`: an entry a row, the last for all together. */
export const locustCsv: FileImporter = {
  accepts: (head) => headerOf(head).slice(0, 3).join() === 'Type,Name,Request Count',
  read: async (file) => {
    let aggregated: Row | undefined;
    const byOperation: [string, ImportedLatency][] = [];
    for await (const record of readRows(file)) {
      const row = rowSchema.parse(record);
      if (row.Name === 'Aggregated' || row.Name === 'Total') aggregated = row;
      else if (byOperation.length < 1_000)
        byOperation.push([`${row.Type} ${row.Name}`.trim().slice(0, 200), latencyOfRow(row)]);
    }
    if (!aggregated) throw new TypeError('the row "Aggregated" is missing');
    const requests = aggregated['Request Count'];
    const failed = aggregated['Failure Count'];
    const rate = aggregated['Requests/s'];
    const figures: ImportedFigures = {
      tool: 'locust',
      toolVersion: null,
      subject: null,
      startedAt: null,
      durationMs: rate ? (requests / rate) * 1_000 : null,
      latency: definition(failed),
      metrics: {
        http_req_duration: latencyOfRow(aggregated),
        http_reqs: { count: requests, rate },
        http_req_failed: failures(failed, requests),
        by_operation: Object.fromEntries(byOperation),
      },
      thresholds: [],
      intervals: [],
      histogram: null,
      notes: notesOf(failed),
    };
    return [figures];
  },
};
