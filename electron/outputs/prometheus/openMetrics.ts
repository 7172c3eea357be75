import { classicBoundsS } from '../distributions';
import { type Exemplar, exemplarsByOperation } from '../exemplars';
import type { OutputTotals } from '../outputTotals';
import { prometheusText } from './prometheusText';

/** The media type of what {@link openMetricsText} returns. */
export const openMetricsMediaType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Whether a scraper takes OpenMetrics, by its `Accept`. Prometheus does and prefers it. */
export function takesOpenMetrics(accept = ''): boolean {
  return accept
    .split(',')
    .some((range) => /^\s*application\/openmetrics-text\b/i.test(range) && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(range));
}

/** Returns a label as it is written in the text. */
function labelText(name: string, value: string): string {
  return `${name}="${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`;
}

/** Returns the slowest exemplar in the bucket that ends with `bound`, in seconds. */
function exemplarIn(exemplars: readonly Exemplar[], bound: number): Exemplar | undefined {
  const bounds: readonly number[] = classicBoundsS;
  const place = bounds.indexOf(bound);
  const below = (place === -1 ? bounds.at(-1) : bounds[place - 1]) ?? 0;
  return exemplars.find(({ valueS }) => valueS > below && valueS <= bound);
}

function exemplarText({ traceId, valueS, atMs }: Exemplar): string {
  return ` # {trace_id="${traceId}"} ${valueS} ${atMs / 1_000}`;
}

/**
 * Returns the metrics of a run in the text format of OpenMetrics 1.0. It differs from that of Prometheus in three ways:
 * a counter is described under its name without `_total`, bounds have a fraction, and the text ends with a mark. In
 * addition it has exemplars, which lead to the traces of the slowest requests.
 */
export function openMetricsText(totals: OutputTotals): string {
  const traced = [...exemplarsByOperation(totals)].map(
    ([operation, exemplars]) => [labelText('operation', operation), exemplars] as const,
  );
  const lines = prometheusText(totals).trimEnd().split('\n');
  const changed = lines.map((line) => {
    const written = line
      .replace(/^# (HELP|TYPE) (\S+)_total /, '# $1 $2 ')
      .replace(/^(\S+_bucket\{.*\ble="\d+)"(\} \d+)$/, '$1.0"$2');
    const bound = /^proofload_http_req_duration_seconds_bucket\{.*\ble="([^"]+)"\} \d+$/.exec(line)?.[1];
    if (bound === undefined) return written;
    const own = traced.find(([label]) => line.includes(`,${label},`))?.[1] ?? [];
    const exemplar = exemplarIn(own, bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound));
    return exemplar === undefined ? written : `${written}${exemplarText(exemplar)}`;
  });
  return `${changed.join('\n')}\n# EOF\n`;
}
