import type { HistoryStore } from '../../history/historyStore';
import { countColumns } from '../../measure/latencyHeatmap';

/** The most columns of a heatmap. */
const maxColumns = 100;

/** The length in seconds of a column, for heatmaps of a given length. */
export function columnSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / maxColumns));
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
