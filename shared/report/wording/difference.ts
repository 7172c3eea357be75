import type { ExperimentMetric } from '../../experiment/experiment';
import { formatNumber } from '../../units/format';

/* The wording of a ratio of two figures, for experiments and for comparisons of runs. */

/** Where a difference appears. */
export const metricWords: Record<ExperimentMetric, string> = {
  throughput: 'in throughput',
  p50: 'at P50',
  p95: 'at P95',
  p99: 'at P99',
};

/** Ratios from this value, or up to its inverse, are easier to read as a factor than as a percentage. */
const factorFrom = 2;

function isFactor(ratio: number): boolean {
  return ratio >= factorFrom || ratio <= 1 / factorFrom;
}

/** Returns the distance of a ratio from 1, as a percentage of the first figure, or as a factor of at least 1. */
function distance(ratio: number, asFactor: boolean): number {
  return asFactor ? Math.max(ratio, 1 / ratio) : Math.abs(ratio - 1) * 100;
}

/** Formats a percentage or a factor with its significant digits. */
export function digits(value: number): string {
  return formatNumber(value, value < 100 ? 1 : 0);
}

/** Formats a signed percentage without its unit, for intervals that contain 0. */
export function signedPercent(ratio: number): string {
  const percent = (ratio - 1) * 100;
  return `${percent < 0 ? '-' : '+'}${digits(Math.abs(percent))}`;
}

function comparative(metric: ExperimentMetric, ratio: number): string {
  if (metric === 'throughput') return ratio >= 1 ? 'higher' : 'lower';
  return ratio >= 1 ? 'slower' : 'faster';
}

/** A ratio with the ends of its interval; null when that is unknown. */
export interface Difference {
  metric: ExperimentMetric;
  ratio: number;
  low: number | null;
  high: number | null;
}

/** Describes the distance of two figures: `6.1 % slower at P95`, `8.3 times faster at P50`. */
export function distanceWords({ metric, ratio }: Pick<Difference, 'metric' | 'ratio'>): string {
  const asFactor = isFactor(ratio);
  return `${digits(distance(ratio, asFactor))}${asFactor ? ' times' : ' %'} ${comparative(metric, ratio)} ${metricWords[metric]}`;
}

/** Formats the interval in the unit of {@link distanceWords}, smaller end first: `95 % CI 3.9 to 8.2 %`. */
export function distanceInterval({ ratio, low, high }: Difference): string {
  const asFactor = isFactor(ratio);
  const ends = [low ?? ratio, high ?? ratio].map((end) => distance(end, asFactor)).sort((a, b) => a - b);
  return `95 % CI ${digits(ends[0] ?? 0)} to ${digits(ends[1] ?? 0)}${asFactor ? ' times' : ' %'}`;
}

/** Formats the interval with signs: `95 % CI -5.1 to +3.2 %`; undefined when there is none. */
export function signedInterval({ low, high }: Pick<Difference, 'low' | 'high'>): string | undefined {
  return low === null || high === null ? undefined : `95 % CI ${signedPercent(low)} to ${signedPercent(high)} %`;
}
