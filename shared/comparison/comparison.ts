import type { ComparisonOutcome, ExperimentMetric, Failures, Noise } from '../experiment/experiment';
import type { LatencyDefinition } from '../interchange/latencyDefinition';
import type { RunState } from '../run/verdict';

/** The maximum number of runs in a comparison. */
export const maxCompared = 6;

/**
 * A moment of a run. `t` is the end of its time range, in seconds since the start of the measured part. Null is a gap.
 */
export interface TimePoint {
  t: number;
  rate: number | null;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  failedRate: number | null;
  cacheHitRate: number | null;
}

/** A percentile and its latency in ms. */
export type PercentilePoint = readonly [percentile: number, ms: number];

/**
 * A run in a comparison, from any tool. Latencies are in ms, rates per second, shares as fractions; null when unknown.
 */
export interface ComparedRun {
  id: string;
  name: string;
  state: RunState;
  startedAt: string;
  /** The tool of an imported result; null for a run of Proofload. */
  origin: string | null;
  scenario: string;
  target: string;
  latency: LatencyDefinition;
  count: number;
  /** Failed requests and the number of all requests; null when unknown. */
  failures: Failures | null;
  /** Throughput counts successful responses, and percentiles are of these. */
  figures: Readonly<Record<ExperimentMetric, number | null>>;
  /**
   * The values by which runs are compared: percentiles of all requests, with failed requests as unbounded response
   * times. Null when the run has too few requests, or when the value is unbounded.
   */
  judged: Readonly<Record<ExperimentMetric, number | null>>;
  mean: number | null;
  max: number | null;
  failedRate: number | null;
  cacheHitRate: number | null;
  timeline: readonly TimePoint[];
  /**
   * The percentile distribution (HDR), as far as there are enough requests. An imported summary has only its own
   * percentiles.
   */
  distribution: readonly PercentilePoint[];
  /** The share of requests in each bin of {@link Comparison.binsMs}; null without a distribution. */
  shares: readonly number[] | null;
  /** For each time column, the share of its requests in each bin; null when the seconds were not stored. */
  heatmap: readonly (readonly number[])[] | null;
}

/** The difference of a run from the baseline in one metric. */
export interface Delta {
  /** The index of the run. */
  run: number;
  metric: ExperimentMetric;
  /** The run's value divided by that of the baseline; null when one of them is unknown. */
  ratio: number | null;
  /** The 95 % interval from this machine's noise; null when the noise is unknown. */
  low: number | null;
  high: number | null;
  outcome: ComparisonOutcome;
  /** Why the result is unknown; null when it is known, or when the interval shows the reason. */
  reason: string | null;
}

/** Up to six runs side by side. The first is the baseline. */
export interface Comparison {
  runs: readonly ComparedRun[];
  deltas: readonly Delta[];
  /** Warnings about the comparison, one sentence each. */
  warnings: readonly string[];
  noise: Noise | null;
  /** The lower bounds of the bins of shares and heatmaps, ascending, and the upper bound of the last. */
  binsMs: readonly number[];
  /** The length of a heatmap column, in seconds. */
  columnS: number;
}
