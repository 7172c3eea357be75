import type { HistoryStore } from '../../history/historyStore';
import { countColumns } from '../../measure/latencyHeatmap';

/** The maximum number of columns of a heatmap. */
const maxColumns = 100;

/** The length of a column in seconds, for heatmaps of a given length. */
export function columnSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / maxColumns));
}

/** The share of each bin in each time column, from the raw distributions of the seconds. Null when none were saved. */
export function heatmapOf(
  history: Pick<HistoryStore, 'responseHistograms'>,
  runId: string,
  binsMs: readonly number[],
  columnS: number,
): number[][] | null {
  const columns = countColumns(history.responseHistograms(runId), binsMs, columnS);
  return columns.length === 0 ? null : columns.map((column) => column.shares());
}
