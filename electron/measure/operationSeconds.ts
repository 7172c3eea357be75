import type { OperationSecond, OperationSeconds } from '../../shared/run/operationSeconds';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { toMs } from '../../shared/statistics/latencySummary';
import type { SecondHistogram } from './latencyHeatmap';

/** The operations of a saved run, second by second, from its raw distributions. Empty for a run without them. */
export function operationSeconds(rows: readonly (SecondHistogram & { operation: string })[]): OperationSeconds[] {
  const byOperation = new Map<string, OperationSecond[]>();
  const histogram = new LatencyHistogram();
  for (const { t, operation, histogram: sparse } of rows) {
    if (sparse.count === 0) continue;
    histogram.reset();
    histogram.mergeSparse(sparse);
    const seconds = byOperation.get(operation) ?? [];
    byOperation.set(operation, seconds);
    seconds.push({ t, count: histogram.count, p95Ms: toMs(histogram.percentileUs(95)) });
  }
  return [...byOperation].map(([operation, seconds]) => ({
    operation,
    seconds: seconds.sort((a, b) => a.t - b.t),
  }));
}
