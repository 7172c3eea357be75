import type { ExperimentMetric } from '../../experiment/experiment';
import { formatNumber } from '../../units/format';

/* How a ratio of two figures is put into words, of an experiment as of a comparison of runs. */

/** Where a difference is seen. */
export const metricWords: Record<ExperimentMetric, string> = {
  throughput: 'in throughput',
  p50: 'at P50',
  p95: 'at P95',
  p99: 'at P99',
};

/** A ratio above this, or below its inverse, reads better as a factor than as per cent. */
const factorFrom = 2;

function isFactor(ratio: number): boolean {
  return ratio >= factorFrom || ratio <= 1 / factorFrom;
}

/** How far a ratio is from 1, in per cent of the first of the two, or as a factor of at least 1. */
function distance(ratio: number, asFactor: boolean): number {
  return asFactor ? Math.max(ratio, 1 / ratio) : Math.abs(ratio - 1) * 100;
}

/** A number of per cent, or a factor, with the digits that it bears. */
export function digits(value: number): string {
  return formatNumber(value, value < 100 ? 1 : 0);
}

/** A signed per cent without its unit, where an interval has both signs. */
export function signedPercent(ratio: number): string {
  const percent = (ratio - 1) * 100;
  return `${percent < 0 ? '-' : '+'}${digits(Math.abs(percent))}`;
}

function comparative(metric: ExperimentMetric, ratio: number): string {
  if (metric === 'throughput') return ratio >= 1 ? 'higher' : 'lower';
  return ratio >= 1 ? 'slower' : 'faster';
}

/** A ratio with the ends of its interval; null where that is not known. */
export interface Difference {
  metric: ExperimentMetric;
  ratio: number;
  low: number | null;
  high: number | null;
}

/** How far one is from the other: `6.1 % slower at P95`, `8.3 times faster at P50`. */
export function distanceWords({ metric, ratio }: Pick<Difference, 'metric' | 'ratio'>): string {
  const asFactor = isFactor(ratio);
  return `${digits(distance(ratio, asFactor))}${asFactor ? ' times' : ' %'} ${comparative(metric, ratio)} ${metricWords[metric]}`;
}

/** The interval in the unit of {@link distanceWords}, the smaller end first: `95 % CI 3.9 to 8.2 %`. */
export function distanceInterval({ ratio, low, high }: Difference): string {
  const asFactor = isFactor(ratio);
  const ends = [low ?? ratio, high ?? ratio].map((end) => distance(end, asFactor)).sort((a, b) => a - b);
  return `95 % CI ${digits(ends[0] ?? 0)} to ${digits(ends[1] ?? 0)}${asFactor ? ' times' : ' %'}`;
}

/** The interval with its signs: `95 % CI -5.1 to +3.2 %`; undefined where there is none. */
export function signedInterval({ low, high }: Pick<Difference, 'low' | 'high'>): string | undefined {
  return low === null || high === null ? undefined : `95 % CI ${signedPercent(low)} to ${signedPercent(high)} %`;
}
