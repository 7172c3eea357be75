import { BinCounts } from '../../shared/comparison/distribution';
import { type HeatSecond, heatBinsMs, heatCounter } from '../../shared/run/heat';
import { leastValueUs, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import type { RecordedSecond } from './recordedSecond';

/** The response times of one second of a saved run. */
export interface SecondHistogram {
  /** Seconds since the measured part began; the first is 1. */
  t: number;
  histogram: SparseHistogram;
}

/** Counts latencies by bin, in columns of `columnS` seconds that start with the first second. */
export function countColumns(
  rows: readonly SecondHistogram[],
  binsMs: readonly number[],
  columnS: number,
): BinCounts[] {
  const columns: BinCounts[] = [];
  for (const { t, histogram } of rows) {
    const place = Math.floor((t - 1) / columnS);
    while (columns.length <= place) columns.push(new BinCounts(binsMs));
    for (const [entry, index] of histogram.indexes.entries())
      columns[place]?.add(leastValueUs(index) / 1_000, histogram.counts[entry] ?? 0);
  }
  return columns;
}

/** The heatmap column of a second: its response times, counted by bin. */
export function heatmapColumn({ response }: Pick<RecordedSecond, 'response'>): number[] {
  const counter = heatCounter();
  for (const histogram of response.values())
    histogram.forEachBucket((valueUs, count) => counter.add(valueUs / 1_000, count));
  return [...counter.counts];
}

/** The heatmap of a saved run, from its raw distributions: one column per second. Empty without distributions. */
export function latencyHeatmap(rows: readonly SecondHistogram[]): HeatSecond[] {
  return countColumns(rows, heatBinsMs, 1).flatMap(({ counts, total }, place) =>
    total > 0 ? [{ t: place + 1, counts: [...counts] }] : [],
  );
}
