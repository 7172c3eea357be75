import type { RunDocument } from '../../run/document';
import { type RequestPhase, type RunMetrics, requestPhases } from '../../run/metrics';
import { stageName } from '../../scenario/stageMarks';
import type { AdjustedSummary } from '../../statistics/adjustedSummary';
import { type LatencySummary, samplesNeeded } from '../../statistics/latencySummary';
import { formatLatency, formatNumber } from '../../units/format';
import { type Section, sectionOf, type TableRow } from '../blocks';

const percentiles = [
  ['P50', 50, 'p50'],
  ['P90', 90, 'p90'],
  ['P95', 95, 'p95'],
  ['P99', 99, 'p99'],
] as const;

/** The columns of a table of latencies. */
export function columnsFor(first: string): string[] {
  return [first, 'Count', ...percentiles.map(([title]) => title), 'Max'];
}

/** Returns a row of latencies. A percentile that is based on too few requests is shown as a dash. */
export function latencyRow(label: string, summary: LatencySummary): TableRow {
  const { count, max } = summary;
  const cells = percentiles.map(([, percentile, key]) =>
    formatLatency(count >= samplesNeeded(percentile) ? summary[key] : null),
  );
  return { label, cells: [formatNumber(count), ...cells, formatLatency(max)] };
}

/** The text of an unbounded latency. */
const unboundedText = 'no bound';

/** Percentiles over all intended requests, and the number of these requests. */
interface Adjusted {
  count: number;
  percentiles: AdjustedSummary;
}

/**
 * Returns the percentiles over all intended requests when they look different from those of successful requests;
 * undefined when they look the same, and for a document without them.
 */
export function adjustedOf(metrics: RunMetrics): Adjusted | undefined {
  const { http_req_duration: plain, http_req_duration_adjusted: adjusted, http_reqs, dropped_iterations } = metrics;
  if (!adjusted) return undefined;
  const isSame = percentiles.every(
    ([, , key]) => adjusted[key] !== null && formatLatency(adjusted[key]) === formatLatency(plain[key]),
  );
  return isSame ? undefined : { count: http_reqs.count + dropped_iterations.count, percentiles: adjusted };
}

/** Formats a percentile over all intended requests; a dash when it is based on too few. */
export function formatAdjusted(percentile: number, valueMs: number | null, count: number): string {
  if (count < samplesNeeded(percentile)) return formatLatency(null);
  return valueMs === null ? unboundedText : formatLatency(valueMs);
}

/** Requests that failed, had no response or were not sent count as unbounded. */
function adjustedRow({ count, percentiles: values }: Adjusted): TableRow {
  const cells = percentiles.map(([, percentile, key]) => formatAdjusted(percentile, values[key], count));
  return { label: 'all intended', cells: [formatNumber(count), ...cells, unboundedText] };
}

/** Response times of all requests, of all intended requests when that differs, and of each operation. */
export function operationSection({ metrics }: RunDocument): Section<'operations'>[] {
  const adjusted = adjustedOf(metrics);
  return sectionOf('operations', 'Response time by operation', [
    {
      kind: 'table',
      columns: columnsFor('Operation'),
      rows: [
        latencyRow('all', metrics.http_req_duration),
        ...(adjusted ? [adjustedRow(adjusted)] : []),
        ...Object.entries(metrics.by_operation).map(([operation, summary]) => latencyRow(operation, summary)),
      ],
    },
  ]);
}

/** Response times by stage of a ramp; empty without stages. */
export function stageSection({ metrics, scenario }: RunDocument): Section<'stages'>[] {
  const stages = Object.entries(metrics.by_stage);
  const rows = stages.map(([stage, { http_req_duration }]) =>
    latencyRow(stageName(scenario.load, stage), http_req_duration),
  );
  return sectionOf('stages', 'Response time by stage', [{ kind: 'table', columns: columnsFor('Stage'), rows }]);
}

/** The names of Chrome DevTools and k6. */
const phaseNames: Record<RequestPhase, string> = {
  http_req_blocked: 'Send',
  http_req_looking_up: 'DNS lookup',
  http_req_connecting: 'TCP connect',
  http_req_tls_handshaking: 'TLS handshake',
  http_req_waiting: 'Waiting (TTFB)',
  http_req_receiving: 'Receiving',
};

/** The phases of requests on the client's clock, and their total. */
export function phaseSection({ metrics }: RunDocument): Section<'phases'>[] {
  const rows = requestPhases.flatMap((phase) => {
    const summary = metrics.phases[phase];
    return summary && summary.count > 0 ? [latencyRow(phaseNames[phase], summary)] : [];
  });
  return sectionOf('phases', "Request phases, on the client's clock", [
    {
      kind: 'table',
      columns: columnsFor('Phase'),
      rows: [...rows, latencyRow('Service time', metrics.http_req_service)],
    },
  ]);
}
