import { BinCounts } from '../../../shared/comparison/distribution';
import { forEachHdrBucket } from '../../hdr/hdrCodec';
import type { HistoryStore } from '../../history/historyStore';

/** So many columns a heatmap has at most. */
const maxColumns = 100;

/** How long a column of heatmaps is that are to hold so many seconds. */
export function columnSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / maxColumns));
}

/** Raw distributions of seconds, as the history keeps them. */
type SecondRows = ReturnType<HistoryStore['responseHistograms']>;

/** Latencies counted by bins, in columns of so many seconds from the first on. */
export function countColumns(rows: SecondRows, binsMs: readonly number[], columnS: number): BinCounts[] {
  const columns: BinCounts[] = [];
  for (const { t, histogram } of rows) {
    const place = Math.floor((t - 1) / columnS);
    while (columns.length <= place) columns.push(new BinCounts(binsMs));
    forEachHdrBucket(histogram, (valueUs, count) => columns[place]?.add(valueUs / 1_000, count));
  }
  return columns;
}

/** The share of each bin in each column of time, from the raw distributions of the seconds; null when none were kept. */
export function heatmapOf(
  history: Pick<HistoryStore, 'responseHistograms'>,
  runId: string,
  binsMs: readonly number[],
  columnS: number,
): number[][] | null {
  const columns = countColumns(history.responseHistograms(runId), binsMs, columnS);
  return columns.length === 0 ? null : columns.map((column) => column.shares());
}
