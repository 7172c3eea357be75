import type { ComparisonOutcome, ExperimentMetric, Failures, Noise } from '../experiment/experiment';
import type { LatencyDefinition } from '../interchange/latencyDefinition';
import type { RunState } from '../run/verdict';

/** The most runs of a comparison. */
export const maxCompared = 6;

/** A moment of a run: `t` is the end of a stretch, in seconds since the start of the measured part. Null is a gap. */
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
 * A run among others, whichever tool made it. Latencies in ms, rates per second, shares as fractions; null where it is
 * not known.
 */
export interface ComparedRun {
  id: string;
  name: string;
  state: RunState;
  startedAt: string;
  /** The tool of an imported result; null of a run of Proofload. */
  origin: string | null;
  scenario: string;
  target: string;
  latency: LatencyDefinition;
  count: number;
  /** Failed requests among all; null where it is not known. */
  failures: Failures | null;
  /** Throughput is that of right answers; percentiles are of them. */
  figures: Readonly<Record<ExperimentMetric, number | null>>;
  /**
   * What runs are compared by: percentiles of all requests, where a failed one is a response time without bound. Null
   * where the run bears none, or where it has no bound.
   */
  judged: Readonly<Record<ExperimentMetric, number | null>>;
  mean: number | null;
  max: number | null;
  failedRate: number | null;
  cacheHitRate: number | null;
  timeline: readonly TimePoint[];
  /**
   * The percentile distribution (HDR), as far as the requests bear it; of an imported summary the percentiles that it
   * has.
   */
  distribution: readonly PercentilePoint[];
  /** The share of requests in each bin of {@link Comparison.binsMs}; null without a distribution. */
  shares: readonly number[] | null;
  /** For each column of time the share of its requests in each bin; null when the seconds have not been kept. */
  heatmap: readonly (readonly number[])[] | null;
}

/** A run against the baseline by one metric. */
export interface Delta {
  /** The run's place among the runs. */
  run: number;
  metric: ExperimentMetric;
  /** The run's value through that of the baseline; null when one of them is not known. */
  ratio: number | null;
  /** The 95 % interval by this machine's noise; null when that is not known. */
  low: number | null;
  high: number | null;
  outcome: ComparisonOutcome;
  /** Why it can't be told; null when it can, or when the interval says it. */
  reason: string | null;
}

/** Up to six runs beside each other; the first is the baseline. */
export interface Comparison {
  runs: readonly ComparedRun[];
  deltas: readonly Delta[];
  /** Warnings about the comparison, one sentence each. */
  warnings: readonly string[];
  noise: Noise | null;
  /** The lower ends of the bins of shares and heatmaps, ascending, and the upper end of the last. */
  binsMs: readonly number[];
  /** How long a column of the heatmaps is. */
  columnS: number;
}
