import { z } from 'zod';
import type { ImportedInterval, ImportedLatency } from '../../../shared/interchange/importedResult';
import type { LatencyDefinition } from '../../../shared/interchange/latencyDefinition';
import {
  type DocumentImporter,
  durationAtRate,
  failures,
  type ImportedFigures,
  percentiles,
  startedAtOf,
  withoutRequests,
} from './importer';
import { noLatency } from './k6';

/*
 * The report of `artillery run -o`, in the shape of Artillery 2.0.34 (packages/core/lib/ssms.js) and in that of 1.x.
 * `http.response_time` ends with the first byte and comes from a DDSketch with a relative error of 1 %.
 */

const latencyDefinition: LatencyDefinition = {
  starts: 'request',
  ends: 'first-byte',
  resolution: '0.1 ms, 1 % of the value',
  includesFailures: false,
};
const firstByte = 'The latency ends with the first byte of the response, so its body is not included.';

const number = z.number();
const summarySchema = z.object({
  min: number,
  max: number,
  count: z.int().nonnegative(),
  mean: number.optional(),
  p50: number.optional(),
  median: number.optional(),
  p75: number.optional(),
  p90: number.optional(),
  p95: number,
  p99: number,
  p999: number.optional(),
});
type Summary = z.infer<typeof summarySchema>;

const periodSchema = z.object({
  counters: z.record(z.string(), number),
  summaries: z.record(z.string(), z.unknown()).optional(),
  histograms: z.record(z.string(), z.unknown()).optional(),
  period: z.union([z.string(), number]).nullish(),
  firstMetricAt: number.nullish(),
  lastMetricAt: number.nullish(),
  firstCounterAt: number.nullish(),
  lastCounterAt: number.nullish(),
});
type Period = z.infer<typeof periodSchema>;

function latencyOf({ count, min, max, mean, p50, median, p75, p90, p95, p99, p999 }: Summary): ImportedLatency {
  const ranks = percentiles({ 50: p50 ?? median, 75: p75, 90: p90, 95: p95, 99: p99, 99.9: p999 });
  return { count, min, mean: mean ?? null, max, percentiles: ranks };
}

function sumOf(counters: Readonly<Record<string, number>>, names: RegExp): number {
  return Object.entries(counters).reduce((sum, [name, count]) => (names.test(name) ? sum + count : sum), 0);
}

/** Requests without a response are counted by the code of their error; other errors are those of scripts. */
const unanswered = /^errors\.[A-Z][A-Z0-9_]*$/;
const badStatus = /^(?:engine\.)?http\.codes\.[45]\d\d$/;

/**
 * Counts the responses with a status from 400 and the requests without a response. Artillery may not count some of the
 * latter as requests, so the result is at most the number of requests.
 */
function failedIn(period: Period): number {
  const { counters } = period;
  return Math.min(requestsIn(period), sumOf(counters, badStatus) + sumOf(counters, unanswered));
}

/**
 * Returns the latencies of a period. If there are failed responses and Artillery states the latencies of 2xx responses
 * separately, only those are returned.
 */
function latenciesIn(period: Period): { summary: Summary | undefined; includesFailures: boolean } {
  const { counters } = period;
  const summaries = period.summaries ?? period.histograms ?? {};
  const parsed = (name: string): Summary | undefined => {
    // The first versions of Artillery 2 put the engine into the names.
    const found = summaries[name] ?? summaries[`engine.${name}`];
    return found === undefined ? undefined : summarySchema.parse(found);
  };
  const hasFailed = sumOf(counters, badStatus) > 0;
  const successful = hasFailed ? parsed('http.response_time.2xx') : undefined;
  const summary = successful ?? parsed('http.response_time');
  return { summary, includesFailures: hasFailed && successful === undefined };
}

function requestsIn({ counters }: Period): number {
  return counters['http.requests'] ?? counters['engine.http.requests'] ?? 0;
}

/**
 * Returns periods with their bounds in ms. Artillery rounds these down to ten seconds; the first and last periods are
 * shorter.
 */
function intervalsOf(periods: readonly Period[], startMs: number, endMs: number): ImportedInterval[] {
  let fromMs = startMs;
  return periods.flatMap((period) => {
    const untilMs = Math.min(Number(period.period) + 10_000, endMs);
    const lengthS = (untilMs - fromMs) / 1_000;
    if (!(lengthS > 0)) return [];
    fromMs = untilMs;
    const { summary } = latenciesIn(period);
    return [
      {
        t: (untilMs - startMs) / 1_000,
        lengthS,
        count: requestsIn(period),
        failed: failedIn(period),
        p50: summary?.p50 ?? summary?.median ?? null,
        p95: summary?.p95 ?? null,
        p99: summary?.p99 ?? null,
        max: summary?.max ?? null,
      },
    ];
  });
}

const endpoint = /^plugins\.metrics-by-endpoint\.response_time\.(.+)$/;

function operationsOf({ summaries = {} }: Period): [string, ImportedLatency][] {
  return Object.entries(summaries).flatMap(([name, summary]): [string, ImportedLatency][] => {
    const [, operation] = endpoint.exec(name) ?? [];
    return operation === undefined ? [] : [[operation.slice(0, 200), latencyOf(summarySchema.parse(summary))]];
  });
}

const reportSchema = z.object({ aggregate: periodSchema, intermediate: z.array(periodSchema).max(20_000).default([]) });

const current: DocumentImporter = {
  accepts: (value) =>
    'aggregate' in value &&
    typeof value.aggregate === 'object' &&
    value.aggregate !== null &&
    'counters' in value.aggregate &&
    // Artillery 1 has counters as well: those of the script.
    !('rps' in value.aggregate),
  read: (value) => {
    const { aggregate, intermediate } = reportSchema.parse(value);
    const startMs = aggregate.firstMetricAt ?? aggregate.firstCounterAt ?? 0;
    const endMs = aggregate.lastMetricAt ?? aggregate.lastCounterAt ?? startMs;
    const durationMs = endMs > startMs ? endMs - startMs : null;
    const count = requestsIn(aggregate);
    const { summary, includesFailures } = latenciesIn(aggregate);
    if (count === 0) throw withoutRequests('a report of Artillery without HTTP requests');
    const notes = [firstByte, 'Percentiles are within 1 % of the true ones; periods cannot be merged.'];
    if (includesFailures) notes.push('The latencies include responses with a code of 400 or more.');
    if (!summary) notes.push('No request got a response, so there are no latencies.');
    const ofScripts = sumOf(aggregate.counters, /^errors\./) - sumOf(aggregate.counters, unanswered);
    if (ofScripts > 0)
      notes.push(`${ofScripts} errors of the script, such as captures and expectations, are not failures of requests.`);
    const figures: ImportedFigures = {
      tool: 'artillery',
      toolVersion: null,
      subject: null,
      startedAt: startedAtOf(startMs),
      durationMs,
      latency: { ...latencyDefinition, includesFailures },
      metrics: {
        http_req_duration: summary ? latencyOf(summary) : { ...noLatency },
        http_reqs: { count, rate: durationMs === null ? null : (count * 1_000) / durationMs },
        http_req_failed: failures(failedIn(aggregate), count),
        by_operation: Object.fromEntries(operationsOf(aggregate)),
      },
      thresholds: [],
      intervals: intervalsOf(
        [...intermediate].sort((a, b) => Number(a.period) - Number(b.period)),
        startMs,
        endMs,
      ),
      histogram: null,
      notes,
    };
    return [figures];
  },
};

const known = z.number().nullish();
const oldReportSchema = z.object({
  aggregate: z.object({
    timestamp: z.iso.datetime().nullish(),
    requestsCompleted: z.int().nonnegative(),
    latency: z.object({ min: known, max: known, median: known, p95: known, p99: known }),
    rps: z.object({ count: z.int().nonnegative(), mean: known }),
    codes: z.record(z.string(), z.int()).default({}),
    errors: z.record(z.string(), z.int()).default({}),
  }),
});

const old: DocumentImporter = {
  accepts: (value) =>
    'aggregate' in value && typeof value.aggregate === 'object' && value.aggregate !== null && 'rps' in value.aggregate,
  read: (value) => {
    const { requestsCompleted, latency, rps, codes, errors } = oldReportSchema.parse(value).aggregate;
    const failedAnswers = sumOf(codes, /^[45]\d\d$/);
    const { min = null, max = null, median, p95, p99 } = latency;
    const ranks = percentiles({ 50: median, 95: p95, 99: p99 });
    const figures: ImportedFigures = {
      tool: 'artillery',
      toolVersion: '1',
      subject: null,
      startedAt: null,
      durationMs: durationAtRate(rps.count, rps.mean),
      latency: { ...latencyDefinition, includesFailures: failedAnswers > 0 },
      metrics: {
        http_req_duration: { count: requestsCompleted, min, mean: null, max, percentiles: ranks },
        http_reqs: { count: rps.count, rate: rps.mean ?? null },
        http_req_failed: failures(Math.min(rps.count, failedAnswers + sumOf(errors, /^[A-Z][A-Z0-9_]*$/)), rps.count),
        by_operation: {},
      },
      thresholds: [],
      intervals: [],
      histogram: null,
      notes: [
        firstByte,
        'A report of Artillery 1 does not say when the run started; its duration is the number of requests divided by their rate.',
        ...(failedAnswers > 0 ? ['The latencies include responses with a code of 400 or more.'] : []),
      ],
    };
    return [figures];
  },
};

export const artilleryReports: readonly DocumentImporter[] = [current, old];
