import { z } from 'zod';
import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import {
  type DocumentImporter,
  durationAtRate,
  type FileImporter,
  failures,
  type ImportedFigures,
  percentiles,
  UnreadableForm,
  withUnknowns,
} from './importer';
import { SampleCounters } from './sampleCounters';

/*
 * The simulation.log of Gatling 2 to 3.11 (LogFileDataWriter.scala): lines of tab-separated cells, in whole
 * milliseconds. RUN, REQUEST, USER, GROUP, ASSERTION and ERROR name the kind of a line. Versions differ in the cells
 * before the times of a request; in all of them its name, its times and OK or KO follow each other. Since 3.12 the log
 * is binary.
 */

const jsonAdvice = 'import js/stats.json of its report (gatling -ro FOLDER writes the report anew)';

/** Reads a request: its name, its start and end in ms since 1970, and whether it was OK. */
function requestOf(cells: readonly string[]): { name: string; startMs: number; endMs: number; ok: boolean } {
  const at = cells.findIndex(
    (cell, index) => (cell === 'OK' || cell === 'KO') && /^\d{12,14}$/.test(cells[index - 1] ?? ''),
  );
  let first = at - 1;
  while (/^\d{12,14}$/.test(cells[first - 1] ?? '')) first -= 1;
  const [start, end, name] = [Number(cells[first]), Number(cells[at - 1]), cells[first - 1]];
  if (at < 0 || name === undefined || !(end >= start))
    throw new RangeError(`the request "${cells.join(' ').slice(0, 100)}"`);
  return { name, startMs: start, endMs: end, ok: cells[at] === 'OK' };
}

/** Reads the simulation and version of a run. Every Gatling 2 writes the version 2.0. */
function runOf(cells: readonly string[]): { subject: string | null; version: string | null } {
  const subject = cells[0] === 'RUN' ? cells[1] : cells[0];
  const version = cells.findLast((cell) => /^\d+\.\d+(\.\d+)*\S*$/.test(cell));
  return {
    subject: subject?.trim().slice(0, 2_000) || null,
    version: version === undefined || version === '2.0' ? null : version.slice(0, 100),
  };
}

/** Returns the kind of a line: its first cell, or its third before Gatling 2.1. */
function recordOf(cells: readonly string[]): string {
  const [first = '', , third = ''] = cells;
  return records.includes(first) || !records.includes(third) ? first : third;
}

const records = ['RUN', 'REQUEST', 'USER', 'GROUP', 'ASSERTION', 'ERROR'];

export const gatlingLog: FileImporter = {
  accepts: (head) => /^(RUN|ASSERTION|REQUEST|USER)\t/.test(head) || /^[^\t\n]*\t[^\t\n]*\tRUN\t\d{13}\t/.test(head),
  read: async (file) => {
    const book = new SampleCounters();
    let run: ReturnType<typeof runOf> | undefined;
    let groups = 0;
    for await (const line of file.lines()) {
      const cells = line.split('\t');
      const record = recordOf(cells);
      if (record === 'GROUP') groups += 1;
      if (record === 'RUN') {
        if (run)
          throw new UnreadableForm(
            'holds the logs of several runs of Gatling',
            'import each simulation.log on its own',
          );
        run = runOf(cells);
      }
      if (record !== 'REQUEST') continue;
      const { name, startMs, endMs, ok } = requestOf(cells);
      book.add({ endedMs: endMs, latencyMs: endMs - startMs, ok, operation: name });
    }
    const figures = book.figures();
    const notes = ['Latencies are whole milliseconds.', ...figures.notes];
    if (groups > 0) notes.push(`${groups} groups, which are the times of several requests together, are not counted.`);
    return [
      withUnknowns({
        ...figures,
        tool: 'gatling',
        toolVersion: run?.version ?? null,
        subject: run?.subject ?? null,
        latency: { starts: 'request', ends: 'last-byte', resolution: '1 ms', includesFailures: false },
        notes,
      }),
    ];
  },
};

/** Since 3.12 the log starts with a zero byte, and a version after its length. */
export const gatlingBinaryLog: FileImporter = {
  accepts: (_head, bytes) => {
    const version = String.fromCharCode(...bytes.subarray(5, 9));
    return bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0 && bytes[3] === 0 && /^\d+\.\d+/.test(version);
  },
  read: () => {
    throw new UnreadableForm('is the binary log of Gatling 3.12 or later, which only Gatling reads', jsonAdvice);
  },
};

/** A figure by outcome: a number or, in older versions, a text that is `-` where there is none. */
const figure = z
  .union([z.number(), z.string()])
  .transform((value) => (typeof value === 'number' ? value : value === '-' ? null : Number(value)))
  .pipe(z.number().nonnegative().nullable());
const byOutcome = z.object({ total: figure, ok: figure, ko: figure });
type ByOutcome = z.infer<typeof byOutcome>;
const statsSchema = z.object({
  name: z.string().default(''),
  numberOfRequests: byOutcome,
  minResponseTime: byOutcome,
  maxResponseTime: byOutcome,
  meanResponseTime: byOutcome,
  percentiles1: byOutcome,
  percentiles2: byOutcome,
  percentiles3: byOutcome.optional(),
  percentiles4: byOutcome.optional(),
  meanNumberOfRequestsPerSecond: byOutcome,
});
type Stats = z.infer<typeof statsSchema>;

interface StatsNode {
  stats: Stats;
  contents: Record<string, StatsNode>;
  type: string;
}
const nodeSchema: z.ZodType<StatsNode> = z.object({
  type: z.string().default(''),
  stats: statsSchema,
  contents: z.lazy(() => z.record(z.string(), nodeSchema)).default({}),
});

/** Returns the latencies of requests that were OK. By default percentiles 1 to 4 are P50, P75, P95 and P99. */
function latencyOf(stats: Stats): ImportedLatency {
  const count = stats.numberOfRequests.ok ?? 0;
  if (count === 0) return { count, min: null, mean: null, max: null, percentiles: {} };
  const ok = (values: ByOutcome | undefined): number | null => values?.ok ?? null;
  return {
    count,
    min: ok(stats.minResponseTime),
    mean: ok(stats.meanResponseTime),
    max: ok(stats.maxResponseTime),
    percentiles: stats.percentiles3
      ? percentiles({
          50: ok(stats.percentiles1),
          75: ok(stats.percentiles2),
          95: ok(stats.percentiles3),
          99: ok(stats.percentiles4),
        })
      : // Gatling 2.0 has only two percentiles.
        percentiles({ 95: ok(stats.percentiles1), 99: ok(stats.percentiles2) }),
  };
}

/** Returns the requests below a node; groups contain others. */
function requestsIn(contents: StatsNode['contents'], path = ''): [string, Stats][] {
  return Object.values(contents).flatMap((node): [string, Stats][] => {
    const name = `${path}${node.stats.name}`;
    const inside = requestsIn(node.contents, `${name} / `);
    return node.type === 'GROUP' ? inside : [[name, node.stats], ...inside];
  });
}

function figuresOf(stats: Stats, requests: readonly [string, Stats][]): ImportedFigures {
  const count = stats.numberOfRequests.total ?? 0;
  const rate = stats.meanNumberOfRequestsPerSecond.total;
  return withUnknowns({
    tool: 'gatling',
    durationMs: durationAtRate(count, rate),
    latency: { starts: 'request', ends: 'last-byte', resolution: '1 ms', includesFailures: false },
    metrics: {
      http_req_duration: latencyOf(stats),
      http_reqs: { count, rate },
      http_req_failed: failures(stats.numberOfRequests.ko ?? 0, count),
      by_operation: Object.fromEntries(
        requests.slice(0, 1_000).map(([name, each]) => [name.slice(0, 200), latencyOf(each)]),
      ),
    },
    notes: [
      'Latencies are whole milliseconds; the duration is the number of requests divided by their rate.',
      'The percentiles are assumed to be P50, P75, P95 and P99, which charting.indicators in gatling.conf can change.',
      'The file does not say when the run started.',
    ],
  });
}

/** Reads js/stats.json and js/global_stats.json of a report. */
export const gatlingStats: DocumentImporter = {
  accepts: (value) => 'numberOfRequests' in value || ('stats' in value && 'contents' in value && 'type' in value),
  read: (value) => {
    const node = nodeSchema.safeParse(value);
    if (node.success) return [figuresOf(node.data.stats, requestsIn(node.data.contents))];
    return [figuresOf(statsSchema.parse(value), [])];
  },
};
