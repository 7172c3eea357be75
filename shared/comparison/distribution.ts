import type { LatencyHistogram } from '../statistics/latencyHistogram';
import { toMs } from '../statistics/latencySummary';
import type { PercentilePoint } from './comparison';

/** Steps for each ten-fold of 1 / (1 - percentile), as HdrHistogram's plots have. */
const stepsPerDecade = 12;
const decades = 5;
/** Rows of heatmaps, and bars of histograms. */
export const binCount = 40;

/** The percentiles of a distribution at equal steps of its logarithmic axis, up to where one request is beyond. */
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

/** Bins of equal width on a logarithmic axis, which hold all latencies; their ends in ms. */
export function binsOf(histograms: readonly LatencyHistogram[]): number[] {
  const some = histograms.filter(({ count }) => count > 0);
  if (some.length === 0) return [];
  const lowUs = Math.max(1, Math.min(...some.map(({ minUs }) => minUs)));
  const highUs = Math.max(lowUs * 1.1, ...some.map(({ maxUs }) => maxUs)) * 1.001;
  const width = Math.log(highUs / lowUs) / binCount;
  return Array.from({ length: binCount + 1 }, (_, index) => (lowUs * Math.exp(width * index)) / 1_000);
}

/** Counts by bins of equal width on a logarithmic axis; what is outside counts in the nearest. */
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

  /** The share of each bin; zeros of none. */
  shares(): number[] {
    return Array.from(this.counts, (count) => (this.total > 0 ? count / this.total : 0));
  }
}
