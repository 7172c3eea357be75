import { z } from 'zod';
import type { ImportedLatency, ImportedResult } from '../../../shared/interchange/importedResult';
import {
  type DocumentImporter,
  durationAtRate,
  failures,
  type ImportedFigures,
  percentiles,
  withoutRequests,
} from './importer';
import { k6Latency } from './k6Latency';

/*
 * The summaries of k6 2.2.0 in their three shapes: --summary-export (internal/output/summary/legacy.go), the argument of
 * handleSummary, and --new-machine-readable-summary. Latencies are in ms; `http_req_duration` is sending, waiting and
 * receiving, without connecting.
 */

/** A metric of k6, in the same shape for all forms. */
interface Metric {
  values: Readonly<Record<string, number>>;
  thresholds: readonly { expression: string; ok: boolean }[];
}

type Metrics = ReadonlyMap<string, Metric>;

/** The facts that a form states besides its metrics. */
interface About {
  durationMs: number | null;
  toolVersion: string | null;
  subject: string | null;
  startedAt: string | null;
  notes: readonly string[];
}

/** Converts `avg`, `med`, `p(95)`, ... of a trend to a summary of latencies. */
function latencyOf({ values }: Metric, count: number | null): ImportedLatency {
  const ranks = Object.entries(values).flatMap(([name, value]) => {
    const [, rank] = /^p\((\d{1,3}(?:\.\d{1,5})?)\)$/.exec(name) ?? [];
    return rank === undefined ? [] : [[rank, value] as const];
  });
  return {
    count: values.count ?? count,
    min: values.min ?? null,
    mean: values.avg ?? null,
    max: values.max ?? null,
    percentiles: percentiles({ 50: values.med, ...Object.fromEntries(ranks) }),
  };
}

/** Returns the failed requests: those for which `http_req_failed` is true. Each form counts them under another name. */
function failedOf({ values }: Metric, requests: number): number {
  const share = values.rate ?? values.value ?? 0;
  return values.passes ?? values.matches ?? Math.round(share * requests);
}

/** Returns a note when k6 judged thresholds on other requests than those whose latencies are shown. */
function thresholdNote({ thresholds }: Metric, shown: ImportedLatency, all: ImportedLatency): string[] {
  const rank = ['95', '99', '90', '50'].find((each) => shown.percentiles[each] !== all.percentiles[each]);
  if (thresholds.length === 0 || rank === undefined) return [];
  const ms = ({ percentiles: ranks }: ImportedLatency): string => `P${rank} ${ranks[rank] ?? 'unknown'} ms`;
  return [
    `k6 judged its thresholds on http_req_duration over all requests (${ms(all)}); the latencies here are those of successful ones (${ms(shown)}).`,
  ];
}

/** Without requests k6 writes zeros, which are not latencies. */
export const noLatency: ImportedLatency = { count: 0, min: null, mean: null, max: null, percentiles: {} };

const subMetric = /^http_req_duration\{(?:operation|name):([^{}]+)\}$/;

function figuresOf(metrics: Metrics, about: About): ImportedFigures {
  const duration = metrics.get('http_req_duration');
  const requests = metrics.get('http_reqs');
  if (!duration || !requests) throw withoutRequests('a summary of k6 without http_reqs: its script sent no HTTP');
  const { count } = requests.values;
  if (count === undefined) throw new TypeError('http_reqs has no count');
  const failedMetric = metrics.get('http_req_failed');
  const failed = failedMetric && failedOf(failedMetric, count);
  const successful = metrics.get('http_req_duration{expected_response:true}');
  const includesFailures = successful === undefined && failed !== 0;
  const latencies = successful ?? duration;
  const notes = [...about.notes];
  if (includesFailures)
    notes.push('The percentiles include failed requests: the summary has none of successful requests alone.');
  if (successful) notes.push(...thresholdNote(duration, latencyOf(successful, null), latencyOf(duration, null)));
  const operations = [...metrics].flatMap(([name, metric]) => {
    const [, operation] = subMetric.exec(name) ?? [];
    return operation === undefined ? [] : [[operation.slice(0, 200), latencyOf(metric, null)] as const];
  });
  const isOfNone = count === 0 ? latencies.values.max === 0 : failed === count && !includesFailures;
  const durationMs = about.durationMs ?? durationAtRate(count, requests.values.rate);
  return {
    tool: 'k6',
    toolVersion: about.toolVersion,
    subject: about.subject,
    startedAt: about.startedAt,
    durationMs,
    latency: { ...k6Latency, includesFailures },
    metrics: {
      http_req_duration: isOfNone ? noLatency : latencyOf(latencies, includesFailures ? count : count - (failed ?? 0)),
      http_reqs: { count, rate: requests.values.rate ?? (durationMs ? (count * 1_000) / durationMs : null) },
      http_req_failed: failed === undefined ? null : failures(failed, count),
      by_operation: Object.fromEntries(operations),
    },
    thresholds: [...metrics].flatMap(([metric, { thresholds }]) =>
      thresholds.map(({ expression, ok }): ImportedResult['thresholds'][number] => ({ metric, expression, ok })),
    ),
    intervals: [],
    histogram: null,
    notes: ['A summary of k6 has percentiles and no distribution.', ...notes],
  };
}

function numbersOf(values: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

const legacySchema = z.object({
  metrics: z.record(z.string(), z.looseObject({ thresholds: z.record(z.string(), z.boolean()).optional() })),
});

/** `--summary-export`. In this form `true` means that the threshold FAILED. */
const legacy: DocumentImporter = {
  accepts: (value) => 'root_group' in value && 'metrics' in value,
  read: (value) => {
    const { metrics } = legacySchema.parse(value);
    const named = Object.entries(metrics).map(([name, { thresholds = {}, ...values }]): [string, Metric] => [
      name,
      {
        values: numbersOf(values),
        thresholds: Object.entries(thresholds).map(([expression, hasFailed]) => ({ expression, ok: !hasFailed })),
      },
    ]);
    const about = { durationMs: null, toolVersion: null, subject: null, startedAt: null, notes: [] };
    return [figuresOf(new Map(named), about)];
  },
};

const summarySchema = z.object({
  state: z.object({ testRunDurationMs: z.number().nonnegative() }).optional(),
  metrics: z.record(
    z.string(),
    z.looseObject({
      values: z.record(z.string(), z.unknown()),
      thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).optional(),
    }),
  ),
  /** Added by scripts that Proofload has exported. */
  proofload: z
    .object({ scenario: z.string(), startedAt: z.iso.datetime(), k6Version: z.string() })
    .partial()
    .optional(),
});

/** The argument of `handleSummary`. */
const summary: DocumentImporter = {
  accepts: (value) => {
    if (!('metrics' in value) || typeof value.metrics !== 'object' || value.metrics === null) return false;
    return Object.values(value.metrics).some(
      (metric: unknown) => typeof metric === 'object' && metric !== null && 'values' in metric && 'type' in metric,
    );
  },
  read: (value) => {
    const { metrics, state, proofload } = summarySchema.parse(value);
    const named = Object.entries(metrics).map(([name, { values, thresholds = {} }]): [string, Metric] => [
      name,
      {
        values: numbersOf(values),
        thresholds: Object.entries(thresholds).map(([expression, { ok }]) => ({ expression, ok })),
      },
    ]);
    const about = {
      durationMs: state?.testRunDurationMs ?? null,
      toolVersion: proofload?.k6Version ?? null,
      subject: proofload?.scenario ?? null,
      startedAt: proofload?.startedAt ?? null,
      notes: [],
    };
    return [figuresOf(new Map(named), about)];
  },
};

const machineSchema = z.object({
  version: z.string(),
  config: z.object({ duration: z.number().nonnegative(), script: z.string().optional() }),
  metadata: z.object({ k6Version: z.string().optional(), generatedAt: z.iso.datetime({ offset: true }).optional() }),
  results: z.object({
    metrics: z.array(z.object({ name: z.string(), values: z.record(z.string(), z.unknown()) })),
  }),
});

/** `--new-machine-readable-summary`, version 1.0.0: seconds in `config.duration`, no thresholds, only P90 and P95. */
const machineReadable: DocumentImporter = {
  accepts: (value) => 'version' in value && 'results' in value && 'config' in value,
  read: (value) => {
    const { config, metadata, results } = machineSchema.parse(value);
    const named = results.metrics.map(({ name, values }): [string, Metric] => [
      name,
      { values: numbersOf(values), thresholds: [] },
    ]);
    const durationMs = config.duration * 1_000;
    const endedAt = metadata.generatedAt === undefined ? undefined : Date.parse(metadata.generatedAt);
    return [
      figuresOf(new Map(named), {
        durationMs,
        toolVersion: metadata.k6Version ?? null,
        subject: config.script?.slice(0, 2_000) ?? null,
        startedAt: endedAt === undefined ? null : new Date(endedAt - durationMs).toISOString(),
        notes: ['This form of the summary has no thresholds, and no percentiles other than P90 and P95.'],
      }),
    ];
  },
};

/** The forms, most specific first. */
export const k6Summaries: readonly DocumentImporter[] = [machineReadable, summary, legacy];
