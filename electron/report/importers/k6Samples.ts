import { z } from 'zod';
import type { FileImporter, ImportedFigures } from './importer';
import { k6Latency } from './k6Latency';
import { readLinesWith } from './linesWith';
import { decimalCell, parseTimeMs } from './numbers';
import { headerOf, readRuns } from './readRows';
import type { Row } from './rows';
import { type Sample, SampleCounters } from './sampleCounters';

/* The sample streams of k6 2.2.0: `--out json=FILE` (NDJSON) and `--out csv=FILE`. A sample is stamped when its request ends. */

const metricName = 'http_req_duration';

const pointSchema = z.object({
  data: z.object({
    time: z.iso.datetime({ offset: true }),
    value: z.number().nonnegative(),
    tags: z.record(z.string(), z.string()).nullish(),
  }),
});

/** Whether k6 expected the response; without that tag its status decides. */
function isExpected(tags: { expected_response?: string | undefined; status?: string | undefined }): boolean {
  if (tags.expected_response) return tags.expected_response === 'true';
  const status = Number(tags.status);
  return status > 0 && status < 400;
}

/** The samples of one run. */
class K6Run {
  readonly #book = new SampleCounters();
  #areTimesWholeSeconds = true;

  get isEmpty(): boolean {
    return this.#book.count === 0;
  }

  add(sample: Sample, isWholeSecond: boolean): void {
    this.#areTimesWholeSeconds &&= isWholeSecond;
    this.#book.add(sample);
  }

  figures(): ImportedFigures {
    const figures = this.#book.figures({ areTimesWholeSeconds: this.#areTimesWholeSeconds });
    const notes = ['Iterations that k6 dropped are not among its samples.', ...figures.notes];
    if (this.#areTimesWholeSeconds) notes.push('Run k6 with K6_CSV_TIME_FORMAT=unix_milli for exact times.');
    return {
      tool: 'k6',
      toolVersion: null,
      subject: null,
      latency: k6Latency,
      thresholds: [],
      ...figures,
      notes,
    };
  }
}

/** Whether a line defines the metric, which each run does once. */
function isDefinition(value: object): boolean {
  return 'type' in value && value.type === 'Metric';
}

/** The runs in a stream of samples. */
class K6Runs {
  readonly #runs: K6Run[] = [new K6Run()];

  /** Adds what a line states about the metric. */
  add(line: string): void {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('metric' in value) || value.metric !== metricName) return;
    const run = this.#runs.at(-1);
    if (!run) return;
    if (isDefinition(value)) {
      if (!run.isEmpty && this.#runs.push(new K6Run()) > 100) throw new RangeError('it has more than 100 runs');
      return;
    }
    const { time, value: latencyMs, tags } = pointSchema.parse(value).data;
    const operation = tags?.operation ?? tags?.name;
    // The file has nanoseconds, so a whole second is a coincidence.
    run.add({ endedMs: parseTimeMs(time), latencyMs, ok: isExpected(tags ?? {}), operation }, false);
  }

  figures(): ImportedFigures[] {
    return this.#runs.filter((each) => !each.isEmpty || this.#runs.length === 1).map((each) => each.figures());
  }
}

/** NDJSON: `{"type":"Metric",...}` once per metric, `{"type":"Point",...}` per sample. */
export const k6Json: FileImporter = {
  accepts: (head) =>
    /^\{"(?:type":"(?:Metric|Point)"|metric":"[a-z_]+","type":"(?:Metric|Point)")/.test(head) &&
    /"type":"(?:Metric|Point)"/.test(head),
  read: async (file) => {
    const wanted = `"${metricName}"`;
    const fast = new K6Runs();
    if (await readLinesWith(file, wanted, (line) => fast.add(line))) return fast.figures();
    const runs = new K6Runs();
    for await (const line of file.lines()) if (line.includes(wanted)) runs.add(line);
    return runs.figures();
  },
};

const rowSchema = z.looseObject({
  metric_name: z.string(),
  timestamp: z.string(),
  metric_value: decimalCell,
});
const tagsSchema = z.looseObject({
  expected_response: z.string().optional(),
  status: z.string().optional(),
  name: z.string().optional(),
});

/**
 * Parses seconds since 1970, the default, or the format of K6_CSV_TIME_FORMAT. Returns ms, and whether they are whole
 * seconds.
 */
function timeOf(timestamp: string): { ms: number; isWholeSecond: boolean } {
  if (!/^\d+$/.test(timestamp)) return { ms: parseTimeMs(timestamp), isWholeSecond: !timestamp.includes('.') };
  const number = Number(timestamp);
  const digits = timestamp.length;
  const ms = digits > 17 ? number / 1e6 : digits > 14 ? number / 1e3 : digits > 11 ? number : number * 1_000;
  return { ms, isWholeSecond: digits <= 11 };
}

function addRow(run: K6Run, row: Row): void {
  const { metric_name, timestamp, metric_value } = rowSchema.parse(row);
  if (metric_name !== metricName) return;
  const tags = tagsSchema.parse(row);
  const { ms, isWholeSecond } = timeOf(timestamp);
  run.add(
    { endedMs: ms, latencyMs: metric_value, ok: isExpected(tags), operation: tags.name || undefined },
    isWholeSecond,
  );
}

export const k6Csv: FileImporter = {
  accepts: (head) => headerOf(head).names.slice(0, 3).join() === 'metric_name,timestamp,metric_value',
  read: async (file) => {
    const runs = await readRuns(file, headerOf(file.head), () => new K6Run(), addRow);
    return runs.map((run) => run.figures());
  },
};
