import type { OperationSeconds } from '../../shared/run/operationSeconds';
import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import { toMs } from '../../shared/statistics/latencySummary';
import type { SecondHistogram } from './latencyHeatmap';

/**
 * The operations of a saved run, second by second, from its raw distributions. Empty for a run without them. `nameOf`
 * returns the same name for operations that are counted together, and undefined for those that are left out.
 */
export function operationSeconds(
  rows: readonly (SecondHistogram & { operation: string })[],
  nameOf: (operation: string) => string | undefined = (operation) => operation,
): OperationSeconds[] {
  const named = new Map<string, Map<number, SparseHistogram[]>>();
  for (const { t, operation, histogram } of rows) {
    const name = nameOf(operation);
    if (name === undefined || histogram.count === 0) continue;
    const seconds = named.get(name) ?? new Map<number, SparseHistogram[]>();
    named.set(name, seconds);
    seconds.set(t, [...(seconds.get(t) ?? []), histogram]);
  }
  const merged = new LatencyHistogram();
  return [...named].map(([operation, seconds]) => ({
    operation,
    seconds: [...seconds]
      .sort(([a], [b]) => a - b)
      .map(([t, histograms]) => {
        merged.reset();
        for (const histogram of histograms) merged.mergeSparse(histogram);
        return { t, count: merged.count, p95Ms: toMs(merged.percentileUs(95)) };
      }),
  }));
}
