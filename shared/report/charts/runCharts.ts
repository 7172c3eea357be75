import { partLabel, partRank } from '../../attribution/parts';
import { latencyTick } from '../../charts/axis';
import {
  errorCountOf,
  heaviestNames,
  partMsOf,
  plannedIntervals,
  type Series,
  shownSeconds,
} from '../../charts/chartData';
import type { RunInterval } from '../../run/metrics';
import { isScheduled } from '../../scenario/describe';
import type { Load, Scenario } from '../../scenario/schema';
import { latencyLimits } from '../../thresholds/evaluate';
import { formatLatency, formatNumber, formatPercent, formatRate, formatShare } from '../../units/format';

/**
 * The meaning of a line, from which each surface derives its colour: the window from the token with this name, a page
 * from its colours for paper. A part of a request has its own tone, `part:` with the name of the part.
 */
export type Tone =
  | 'throughput'
  | 'reference'
  | 'percentile-50'
  | 'percentile-95'
  | 'percentile-99'
  | 'cache'
  | 'processor'
  | 'event-loop'
  | 'garbage'
  | 'heap'
  | `error-${number}`
  | `operation-${number}`
  | `part:${string}`;

/** A line of a chart. */
export interface ReportSeries extends Series {
  tone: Tone;
  dashed?: boolean;
  /** The series that bounds a filled area below this one. */
  bandTo?: string;
}

/** A horizontal line at a limit. The limit is exceeded where its series is above the line. */
export interface ReportLimit {
  value: number;
  label: string;
  lineKey: string;
}

/** A chart over the seconds of a run. */
export interface RunChart {
  title: string;
  /** What the chart leaves out, for behind its title. */
  note?: string | undefined;
  series: readonly ReportSeries[];
  limits?: readonly ReportLimit[];
  format(value: number | null): string;
  /** Formats a tick of the axis, as short as possible. */
  formatAxis(value: number): string;
  /** The minimum end of the axis. */
  atLeast?: number;
  /** A fixed end of the axis, independent of the data. */
  fixedTop?: number;
}

/** The title of a chart for a picture of it, with what it leaves out. */
export function titleWithNote({ title, note }: Pick<RunChart, 'title' | 'note'>): string {
  return note === undefined ? title : `${title} (${note})`;
}

const achieved: ReportSeries = {
  key: 'achieved',
  name: 'achieved',
  fold: 'mean',
  tone: 'throughput',
  value: ({ rate }) => rate,
};
const asked: ReportSeries = {
  key: 'asked',
  name: 'scheduled',
  fold: 'mean',
  tone: 'reference',
  dashed: true,
  value: (interval) => interval.asked,
};

/** Requests per second: achieved, and also scheduled where all iterations have a schedule. */
export function throughputChart(load: Load): RunChart {
  return {
    title: 'Throughput',
    series: isScheduled(load) ? [asked, achieved] : [achieved],
    format: formatRate,
    formatAxis: (value) => formatNumber(value, Number.isInteger(value) ? 0 : 1),
  };
}

/** The percentiles in order, from common to rare latencies. */
const percentileSeries: readonly ReportSeries[] = [
  { key: 'p50', name: 'P50', fold: 'worst', tone: 'percentile-50', value: ({ p50 }) => p50 },
  { key: 'p95', name: 'P95', fold: 'worst', tone: 'percentile-95', bandTo: 'p50', value: ({ p95 }) => p95 },
  { key: 'p99', name: 'P99', fold: 'worst', tone: 'percentile-99', bandTo: 'p95', value: ({ p99 }) => p99 },
];

/** Percentiles of the response time, with the limits of the thresholds. */
export function responseTimeChart({ thresholds }: Pick<Scenario, 'thresholds'>): RunChart {
  const limits = latencyLimits(thresholds).map(({ percentile, limitMs }) => ({
    value: limitMs,
    label: `P${percentile} limit ${latencyTick(limitMs)}`,
    lineKey: `p${percentile}`,
  }));
  return {
    title: 'Response time',
    series: percentileSeries,
    limits,
    format: formatLatency,
    formatAxis: latencyTick,
    atLeast: Math.max(0, ...limits.map(({ value }) => value)),
  };
}

/** The share of reads that the cache served. */
export const cacheChart: RunChart = {
  title: 'Cache hits',
  series: [{ key: 'hits', name: 'hit rate', fold: 'mean', tone: 'cache', value: ({ cacheHitRate }) => cacheHitRate }],
  format: formatShare,
  formatAxis: formatPercent,
  fixedTop: 1,
};

/** The maximum number of kinds of errors that can be told apart. */
const maxKinds = 5;

/** Returns the kinds of failures that a chart of errors shows, most frequent first. */
export function chartedErrors(intervals: readonly RunInterval[]): string[] {
  return heaviestNames(intervals, maxKinds, ({ errors }) => errors);
}

function formatCount(count: number | null): string {
  return count === null ? '–' : formatNumber(count);
}

/**
 * How many requests failed after the end of the load, with which the charts over time end: a target that no longer
 * responds fails them all there. Undefined if none did.
 */
export function failedAfterLoad(
  scenario: Pick<Scenario, 'load'>,
  intervals: readonly RunInterval[],
): string | undefined {
  const planned = new Set(plannedIntervals(intervals, shownSeconds(scenario, intervals)));
  const count = intervals.reduce((sum, interval) => sum + (planned.has(interval) ? 0 : interval.failed), 0);
  return count === 0 ? undefined : `${formatNumber(count)} more failed after the end of the load`;
}

/** Failed requests of each second by kind. `note` comes from {@link failedAfterLoad}. */
export function errorChart(kinds: readonly string[], note: string | undefined): RunChart {
  return {
    title: 'Errors by kind',
    note,
    series: kinds.map((kind, rank) => ({
      key: kind,
      name: kind,
      fold: 'worst',
      tone: `error-${rank}`,
      value: (interval) => errorCountOf(interval, kind),
    })),
    format: formatCount,
    formatAxis: formatCount,
  };
}

/** The maximum number of lines that can be told apart. */
const maxParts = 5;

/** Returns all parts of requests, those with the most time over the whole run first. */
export function partsByWeight(intervals: readonly RunInterval[]): string[] {
  return heaviestNames(
    intervals,
    Number.POSITIVE_INFINITY,
    ({ parts }) => parts,
    ({ count }) => count,
  );
}

/** Returns the heaviest parts in the order of a request. `byWeight` comes from {@link partsByWeight}. */
export function chartedParts(byWeight: readonly string[]): string[] {
  return byWeight.slice(0, maxParts).sort((a, b) => partRank(a) - partRank(b));
}

/** The average time that requests spent in parts, by second. */
export function partsChart(parts: readonly string[]): RunChart {
  return {
    title: 'Parts of the mean request',
    series: parts.map((part) => ({
      key: part,
      name: partLabel(part),
      fold: 'mean',
      tone: `part:${part}`,
      value: (interval) => partMsOf(interval, part),
    })),
    format: formatLatency,
    formatAxis: latencyTick,
  };
}

/** The processor use of service and generator, as shares of a core. */
export const processorChart: RunChart = {
  title: 'Processor',
  series: [
    { key: 'service', name: 'service', fold: 'mean', tone: 'processor', value: ({ targetCpu }) => targetCpu },
    {
      key: 'loop',
      name: 'event loop',
      fold: 'mean',
      tone: 'event-loop',
      value: ({ targetUtilisation }) => targetUtilisation,
    },
    {
      key: 'generator',
      name: 'generator',
      fold: 'mean',
      tone: 'reference',
      dashed: true,
      value: ({ generatorUtilisation }) => generatorUtilisation,
    },
  ],
  format: formatShare,
  formatAxis: formatPercent,
  atLeast: 1,
};

/** What blocked the event loop of the built-in service. */
export const eventLoopChart: RunChart = {
  title: 'Event loop',
  series: [
    {
      key: 'delay',
      name: 'longest delay',
      fold: 'worst',
      tone: 'event-loop',
      value: ({ targetLoopDelayMs }) => targetLoopDelayMs,
    },
    {
      key: 'garbage',
      name: 'longest GC pause',
      fold: 'worst',
      tone: 'garbage',
      value: ({ targetGcMaxMs }) => targetGcMaxMs,
    },
  ],
  format: formatLatency,
  formatAxis: latencyTick,
};

function formatMb(sizeMb: number | null): string {
  return sizeMb === null ? '–' : `${formatNumber(sizeMb)} MB`;
}

/** The memory of the built-in service. */
export const memoryChart: RunChart = {
  title: 'Memory',
  series: [
    { key: 'resident', name: 'resident', fold: 'worst', tone: 'processor', value: ({ targetRssMb }) => targetRssMb },
    { key: 'heap', name: 'heap', fold: 'worst', tone: 'heap', value: ({ targetHeapMb }) => targetHeapMb },
  ],
  format: formatMb,
  formatAxis: formatMb,
};

/** Returns the charts of a run that has ended, in the order of all surfaces. Charts without a value are left out. */
export function chartsOf(scenario: Scenario, intervals: readonly RunInterval[]): RunChart[] {
  const charts = [
    throughputChart(scenario.load),
    responseTimeChart(scenario),
    cacheChart,
    errorChart(chartedErrors(intervals), failedAfterLoad(scenario, intervals)),
    partsChart(chartedParts(partsByWeight(intervals))),
    processorChart,
    eventLoopChart,
    memoryChart,
  ];
  return charts.filter(({ series }) =>
    series.some(({ value }) => intervals.some((interval) => value(interval) !== null)),
  );
}
