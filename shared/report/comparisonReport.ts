import type { ComparedRun, Comparison, Delta } from '../comparison/comparison';
import { experimentMetrics, type Noise } from '../experiment/experiment';
import { formatNumber, formatShare, formatTime } from '../units/format';
import { comparisonText } from './status';
import { deltaText, formatMetric, letterOf, metricNames } from './wording/describeComparison';

/** A run of a comparison as a row. */
export interface ComparedRow {
  run: ComparedRun;
  place: number;
  letter: string;
  /** The start time and the number of requests. */
  about: string;
  /** In the order of {@link comparedColumns}. */
  cells: readonly string[];
}

/** The columns of each run. */
export const comparedColumns: readonly string[] = [
  ...experimentMetrics.map((metric) => metricNames[metric]),
  'Errors',
  'Cache hits',
];

/** A difference from the baseline in one metric. */
export interface DifferenceRow {
  delta: Delta;
  letter: string;
  metric: string;
  value: string;
  mark: string;
  word: string;
  /** Why the result is unknown; undefined when it is known, or when the interval shows the reason. */
  reason: string | undefined;
}

/** Runs side by side as rows. The first is the baseline. */
export interface ComparisonReport {
  runs: readonly ComparedRow[];
  differences: readonly DifferenceRow[];
  /** What the intervals are based on; undefined when there are none. */
  noise: string | undefined;
  /** Warnings about the comparison. */
  warnings: readonly string[];
}

function comparedRow(run: ComparedRun, place: number): ComparedRow {
  return {
    run,
    place,
    letter: letterOf(place),
    about: `${formatTime(run.startedAt)} · ${formatNumber(run.count)} requests${place === 0 ? ' · baseline' : ''}`,
    cells: [
      ...experimentMetrics.map((metric) => formatMetric(metric, run.figures[metric])),
      formatShare(run.failedRate),
      formatShare(run.cacheHitRate),
    ],
  };
}

/** Returns the rows of runs. For a comparison, see {@link comparisonReport}. */
export function comparedRows(runs: readonly ComparedRun[]): ComparedRow[] {
  return runs.map(comparedRow);
}

/** Returns the differences of runs from the baseline. */
export function differenceRows(deltas: readonly Delta[]): DifferenceRow[] {
  return deltas.map((delta) => ({
    delta,
    letter: letterOf(delta.run),
    metric: metricNames[delta.metric],
    value: deltaText(delta),
    ...comparisonText(delta.outcome),
    reason: delta.reason ?? undefined,
  }));
}

/** Describes what the intervals of a comparison are based on. */
export function comparisonNoise({ pairs, deviation }: Noise): string {
  const percent = formatNumber(Math.expm1(deviation.p95) * 100, 1);
  return `The intervals allow for the noise of this machine: P95 varies by ${percent} % (standard deviation) between ${formatNumber(pairs + 1)} other runs like the baseline.`;
}

/** The report of a comparison. */
export function comparisonReport({ runs, deltas, warnings, noise }: Comparison): ComparisonReport {
  return {
    runs: comparedRows(runs),
    differences: differenceRows(deltas),
    noise: noise ? comparisonNoise(noise) : undefined,
    warnings,
  };
}
