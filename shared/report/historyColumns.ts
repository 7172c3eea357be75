import type { RunSummary, TrendMetric } from '../run/summary';
import { formatLatency, formatRate, formatShare } from '../units/format';

/** A column of a list of runs: a figure, or a property. */
export type HistoryColumn = TrendMetric | 'target' | 'tags';

const figures: Readonly<Record<TrendMetric, { title: string; format(value: number | null): string }>> = {
  rate: { title: 'Throughput', format: formatRate },
  p50Ms: { title: 'P50', format: formatLatency },
  p95Ms: { title: 'P95', format: formatLatency },
  p99Ms: { title: 'P99', format: formatLatency },
  p99_9Ms: { title: 'P99.9', format: formatLatency },
  failedRate: { title: 'Errors', format: formatShare },
  cacheHitRate: { title: 'Cache hits', format: formatShare },
};

/** Returns the title of a column, or of the metric of a trend. */
export function historyTitle(column: HistoryColumn): string {
  if (column === 'target') return 'Target';
  return column === 'tags' ? 'Tags' : figures[column].title;
}

/** Returns a figure of a run with its unit. */
export function formatFigure(metric: TrendMetric, value: number | null): string {
  return figures[metric].format(value);
}

/** Returns the content of a column for a run. */
export function historyCell(column: HistoryColumn, run: RunSummary): string {
  if (column === 'target') return run.target;
  return column === 'tags' ? run.tags.join(', ') : formatFigure(column, run[column]);
}
