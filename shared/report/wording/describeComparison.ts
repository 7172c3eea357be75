import type { Delta } from '../../comparison/comparison';
import type { ExperimentMetric } from '../../experiment/experiment';
import { formatLatency, formatNumber, formatRate } from '../../units/format';

/** What the metrics of comparisons are called. */
export const metricNames: Record<ExperimentMetric, string> = {
  throughput: 'Throughput',
  p50: 'P50',
  p95: 'P95',
  p99: 'P99',
};

/** A value of a metric with its unit. */
export function formatMetric(metric: ExperimentMetric, value: number | null): string {
  return metric === 'throughput' ? formatRate(value) : formatLatency(value);
}

function signed(ratio: number): string {
  if (ratio >= 10) return `x ${formatNumber(ratio, 0)}`;
  const percent = (ratio - 1) * 100;
  const digits = Math.abs(percent) < 100 ? 1 : 0;
  const size = Number(Math.abs(percent).toFixed(digits));
  if (size === 0) return '0 %';
  return `${percent < 0 ? '-' : '+'}${formatNumber(size, digits)} %`;
}

/** `-6.1 % (95 % -9.2 % to -2.9 %)`. */
export function deltaText({ ratio, low, high }: Pick<Delta, 'ratio' | 'low' | 'high'>): string {
  if (ratio === null) return '\u2013';
  return low === null || high === null ? signed(ratio) : `${signed(ratio)} (95 % ${signed(low)} to ${signed(high)})`;
}

/** What a run is called for short, by its place: A is the baseline. */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + place);
}
