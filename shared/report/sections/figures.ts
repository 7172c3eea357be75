import type { RunDocument } from '../../run/document';
import type { Tick } from '../../run/events';
import { successRateOf } from '../../run/metrics';
import { samplesNeeded } from '../../statistics/latencySummary';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../units/format';
import { type Section, type ShownFigure, sectionOf } from '../blocks';

/** The measurements of a run, so far or in total. Latencies are in ms, rates per second, shares as fractions. */
export interface Measured {
  rate: number | null;
  /** The rate of successful requests, when some failed and the run has ended. */
  successRate: number | null;
  count: number;
  /** Successful requests among them. Percentiles are of these. */
  answered: number;
  /** Requests among `count` that ended after the load. */
  late: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  failed: number;
  failedRate: number | null;
  /** Iterations that could not be started. */
  dropped: number;
  /** Requests that were sent again over a new connection. The number is unknown before the end. */
  reconnects: number;
  cacheHitRate: number | null;
  /** Share of its core that the generator used. */
  generator: number | null;
}

/** The field of a second, a tick or a run in the history that belongs to a figure. */
export type FigureKey = 'rate' | 'p50' | 'p95' | 'p99' | 'failed' | 'cacheHitRate' | 'generatorUtilisation';

/** One of the main figures of a run. */
export interface Figure extends ShownFigure {
  key: FigureKey;
  /** The value as a number; null when it is based on too few requests. */
  amount: number | null;
}

/** Returns the measurements of a run that has ended. */
export function measuredIn({ metrics, trust, intervals }: RunDocument): Measured {
  const { http_req_duration: response, http_reqs, http_req_failed, cache_hit, connections } = metrics;
  const some = response.count > 0;
  const hasCache = intervals.some(({ cacheLookups }) => cacheLookups > 0);
  return {
    rate: http_reqs.rate,
    successRate: http_req_failed.count > 0 ? successRateOf(metrics) : null,
    count: http_reqs.count,
    answered: response.count,
    late: http_reqs.late ?? 0,
    p50: some ? response.p50 : null,
    p95: some ? response.p95 : null,
    p99: some ? response.p99 : null,
    failed: http_req_failed.count,
    failedRate: http_reqs.count > 0 ? http_req_failed.rate : null,
    dropped: metrics.dropped_iterations.count,
    reconnects: connections.reconnects,
    cacheHitRate: hasCache ? cache_hit.rate : null,
    generator: trust.find(({ check }) => check === 'generator-utilisation')?.value ?? null,
  };
}

/** Returns the measurements of a run in progress: since the end of its warm-up, with the rate of the last tick. */
export function measuredSoFar(tick: Tick | undefined): Measured {
  const unknown = { successRate: null, late: 0, reconnects: 0 };
  if (!tick)
    return {
      ...unknown,
      rate: null,
      count: 0,
      answered: 0,
      p50: null,
      p95: null,
      p99: null,
      failed: 0,
      failedRate: null,
      dropped: 0,
      cacheHitRate: null,
      generator: null,
    };
  const { count, p50, p95, p99, failed, dropped, cacheHitRate } = tick.warmup ? tick.interval : tick.cumulative;
  return {
    ...unknown,
    rate: tick.interval.rate,
    count,
    answered: count - failed,
    p50,
    p95,
    p99,
    failed,
    failedRate: count > 0 ? failed / count : null,
    dropped,
    cacheHitRate,
    generator: tick.generatorUtilisation,
  };
}

function percentileFigure(
  key: 'p50' | 'p95' | 'p99',
  percentile: number,
  valueMs: number | null,
  answered: number,
): Figure {
  const needed = samplesNeeded(percentile);
  const amount = answered >= needed ? valueMs : null;
  return {
    key,
    label: `P${percentile}`,
    value: formatLatency(amount),
    note: answered >= needed ? 'response time' : `needs ${formatNumber(needed)} requests`,
    amount,
  };
}

function listed(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Returns the main figures of a run, in order. */
export function figuresOf(measured: Measured): Figure[] {
  const { rate, successRate, count, answered, late, failed, failedRate, dropped, reconnects } = measured;
  const { cacheHitRate, generator } = measured;
  return [
    {
      key: 'rate',
      label: 'Throughput',
      value: formatRate(rate),
      note: listed([
        `${formatNumber(count)} requests`,
        successRate === null ? undefined : `${formatRate(successRate)} successful`,
        late > 0 ? `${formatNumber(late)} ended after the load` : undefined,
      ]),
      amount: rate,
    },
    percentileFigure('p50', 50, measured.p50, answered),
    percentileFigure('p95', 95, measured.p95, answered),
    percentileFigure('p99', 99, measured.p99, answered),
    {
      key: 'failed',
      label: 'Errors',
      value: formatShare(failedRate),
      note: listed([
        `${formatNumber(failed)} failed`,
        dropped > 0 ? `${formatNumber(dropped)} dropped` : undefined,
        reconnects > 0 ? `${formatNumber(reconnects)} sent again` : undefined,
      ]),
      amount: failedRate,
    },
    {
      key: 'cacheHitRate',
      label: 'Cache hits',
      value: formatShare(cacheHitRate),
      note: cacheHitRate === null ? 'no cache seen' : 'of reads',
      amount: cacheHitRate,
    },
    {
      key: 'generatorUtilisation',
      label: 'Generator',
      value: formatShare(generator),
      note: 'of its core',
      amount: generator,
    },
  ];
}

/** The main figures of a run that has ended. */
export function figureSection(document: RunDocument): Section<'figures'>[] {
  return sectionOf('figures', 'Summary', [{ kind: 'figures', figures: figuresOf(measuredIn(document)) }]);
}

/** Failed requests by kind, most frequent first; empty when none failed. */
export function failureSection({ metrics }: RunDocument): Section<'failures'>[] {
  const kinds = Object.entries(metrics.errors).sort(([, a], [, b]) => b - a);
  return sectionOf('failures', 'Failed requests by kind', [
    { kind: 'facts', facts: kinds.map(([kind, count]) => ({ label: kind, value: formatNumber(count) })) },
  ]);
}
