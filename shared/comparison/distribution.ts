import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { toMs } from '../statistics/latencySummary';
import type { PercentilePoint } from './comparison';

/** Steps per decade of 1 / (1 - percentile), as in HdrHistogram's plots. */
const stepsPerDecade = 12;
const decades = 5;
/** The number of rows in heatmaps, and of bars in histograms. */
export const binCount = 40;

/**
 * Returns the percentiles of a distribution at equal steps of its logarithmic axis, up to the last one with a request
 * beyond.
 */
export function percentilePoints(histogram: LatencyHistogram): PercentilePoint[] {
  const { count } = histogram;
  if (count === 0) return [];
  const points: PercentilePoint[] = [];
  for (let step = 0; step <= stepsPerDecade * decades; step += 1) {
    const beyond = 10 ** (-step / stepsPerDecade);
    if (beyond * count < 1) break;
    const percentile = (1 - beyond) * 100;
    points.push([percentile, toMs(histogram.percentileUs(percentile))]);
  }
  return points;
}

/** Returns the bounds of bins with equal width on a logarithmic axis that hold all latencies, in ms. */
export function binsOf(histograms: readonly LatencyHistogram[]): number[] {
  const some = histograms.filter(({ count }) => count > 0);
  if (some.length === 0) return [];
  const lowUs = Math.max(1, Math.min(...some.map(({ minUs }) => minUs)));
  const highUs = Math.max(lowUs * 1.1, ...some.map(({ maxUs }) => maxUs)) * 1.001;
  const width = Math.log(highUs / lowUs) / binCount;
  return Array.from({ length: binCount + 1 }, (_, index) => (lowUs * Math.exp(width * index)) / 1_000);
}

/** Counts values in bins of equal width on a logarithmic axis. Values outside count in the nearest bin. */
export class BinCounts {
  readonly counts: Float64Array;
  total = 0;
  readonly #lowLog: number;
  readonly #perLog: number;

  constructor(binsMs: readonly number[]) {
    this.counts = new Float64Array(binsMs.length - 1);
    const [low = 1] = binsMs;
    const high = binsMs.at(-1) ?? 10;
    this.#lowLog = Math.log(low);
    this.#perLog = this.counts.length / (Math.log(high) - this.#lowLog);
  }

  add(latencyMs: number, count: number): void {
    const bin = Math.floor((Math.log(Math.max(latencyMs, 1e-6)) - this.#lowLog) * this.#perLog);
    const place = Math.min(this.counts.length - 1, Math.max(0, bin));
    this.counts[place] = (this.counts[place] ?? 0) + count;
    this.total += count;
  }

  /** Returns the share of each bin; all zeros when empty. */
  shares(): number[] {
    return Array.from(this.counts, (count) => (this.total > 0 ? count / this.total : 0));
  }
}
