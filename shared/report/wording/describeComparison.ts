import type { Delta } from '../../comparison/comparison';
import type { ExperimentMetric } from '../../experiment/experiment';
import { formatLatency, formatNumber, formatRate } from '../../units/format';
import { distanceInterval, distanceWords, metricWords, signedInterval, signedPercent } from './difference';

/** The names of the metrics of comparisons. */
export const metricNames: Record<ExperimentMetric, string> = {
  throughput: 'Throughput',
  p50: 'P50',
  p95: 'P95',
  p99: 'P99',
};

/** Formats a value of a metric with its unit. */
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

/** Formats a difference: `-6.1 % (95 % -9.2 % to -2.9 %)`. */
export function deltaText({ ratio, low, high }: Pick<Delta, 'ratio' | 'low' | 'high'>): string {
  if (ratio === null) return '\u2013';
  return low === null || high === null ? signed(ratio) : `${signed(ratio)} (95 % ${signed(low)} to ${signed(high)})`;
}

/** Returns the letter of a run by its position. A is the baseline. */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + place);
}

/** The names of the two runs of a difference in a sentence. */
interface ComparedNames {
  run: string;
  base: string;
}

/**
 * Compares a run with the baseline in one metric, in a sentence: `B is 6.1 % slower at P95 (95 % CI 4.0 to 8.2 %).`
 * When the result is unknown, the sentence gives the reason and never says which run is faster.
 */
export function differenceSentence(delta: Delta, { run, base }: ComparedNames): string {
  const { metric, ratio, low, high, outcome, reason } = delta;
  const where = metricWords[metric];
  // Some reasons are complete sentences.
  const why = reason === null ? '' : `: ${reason.replace(/\.$/, '')}`;
  if (ratio === null)
    return outcome === 'unknown'
      ? `${run} and ${base} can't be compared ${where}${why}.`
      : `${run} is ${outcome} ${where}${why}.`;
  const interval = signedInterval(delta);
  const measured = `${signedPercent(ratio)} %${interval === undefined ? '' : ` (${interval})`}`;
  if (outcome === 'alike') return `${run} and ${base} are alike ${where}: ${measured}.`;
  if (outcome === 'unknown') return `${run} against ${base} ${where}: can't tell, ${measured}${why}.`;
  const difference = { metric, ratio, low, high };
  return `${run} is ${distanceWords(difference)} (${distanceInterval(difference)}).`;
}
