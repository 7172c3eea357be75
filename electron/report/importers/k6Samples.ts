import { z } from 'zod';
import type { FileImporter, ImportedFigures } from './importer';
import { k6Latency } from './k6';
import { headerOf, readRows } from './readRows';
import { SampleCounters } from './sampleCounters';

/* The sample streams of k6 2.2.0: `--out json=FILE` (NDJSON) and `--out csv=FILE`. A sample is stamped when its request ends. */

const metricName = 'http_req_duration';

const pointSchema = z.object({
  data: z.object({
    time: z.iso.datetime({ offset: true }),
    value: z.number().nonnegative(),
    tags: z.record(z.string(), z.string()).nullish(),
  }),
});

/** A request has failed when k6 did not expect its answer; without that tag by its status. */
function isExpected(tags: { expected_response?: string | undefined; status?: string | undefined }): boolean {
  if (tags.expected_response) return tags.expected_response === 'true';
  const status = Number(tags.status);
  return status > 0 && status < 400;
}

function figuresOf(book: SampleCounters, thresholds: ImportedFigures['thresholds']): ImportedFigures {
  const { startMs = 0 } = book;
  return {
    tool: 'k6',
    toolVersion: null,
    subject: null,
    startedAt: new Date(startMs).toISOString(),
    latency: k6Latency,
    thresholds,
    notes: ['Iterations that k6 dropped are not among its samples.'],
    ...book.figures(),
  };
}

/** NDJSON: `{"type":"Metric",...}` once for each metric, `{"type":"Point",...}` for each sample. */
export const k6Json: FileImporter = {
  accepts: (head) =>
    /^\{"(?:type":"(?:Metric|Point)"|metric":"[a-z_]+","type":"(?:Metric|Point)")/.test(head) &&
    /"type":"(?:Metric|Point)"/.test(head),
  read: async (file) => {
    const book = new SampleCounters();
    for await (const line of file.lines()) {
      if (!line.includes(`"${metricName}"`) || !line.includes('"Point"')) continue;
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null || !('metric' in value) || value.metric !== metricName) continue;
      const { time, value: latencyMs, tags } = pointSchema.parse(value).data;
      book.add({
        endedMs: Date.parse(time),
        latencyMs,
        ok: isExpected(tags ?? {}),
        operation: tags?.operation ?? tags?.name,
      });
    }
    return [figuresOf(book, [])];
  },
};

const rowSchema = z.looseObject({
  metric_name: z.string(),
  timestamp: z.string(),
  metric_value: z.coerce.number(),
});
const tagsSchema = z.looseObject({
  expected_response: z.string().optional(),
  status: z.string().optional(),
  name: z.string().optional(),
});

/** Seconds since 1970 by default, or what K6_CSV_TIME_FORMAT makes of them. */
function timeOf(timestamp: string): number {
  if (!/^\d+$/.test(timestamp)) return Date.parse(timestamp);
  const number = Number(timestamp);
  const digits = timestamp.length;
  return digits > 17 ? number / 1e6 : digits > 14 ? number / 1e3 : digits > 11 ? number : number * 1_000;
}

export const k6Csv: FileImporter = {
  accepts: (head) => headerOf(head).slice(0, 3).join() === 'metric_name,timestamp,metric_value',
  read: async (file) => {
    const book = new SampleCounters();
    for await (const record of readRows(file)) {
      const { metric_name, timestamp, metric_value } = rowSchema.parse(record);
      if (metric_name !== metricName) continue;
      const tags = tagsSchema.parse(record);
      book.add({
        endedMs: timeOf(timestamp),
        latencyMs: metric_value,
        ok: isExpected(tags),
        operation: tags.name || undefined,
      });
    }
    return [figuresOf(book, [])];
  },
};
