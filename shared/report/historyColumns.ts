import type { RunSummary, TrendMetric } from '../run/summary';
import { formatLatency, formatRate, formatShare } from '../units/format';

/** A column of a list of runs: one of their figures, or what is known of them. */
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

/** What a column of a list, or the metric of a trend, is called. */
export function historyTitle(column: HistoryColumn): string {
  if (column === 'target') return 'Target';
  return column === 'tags' ? 'Tags' : figures[column].title;
}

/** A figure of a run with its unit. */
export function formatFigure(metric: TrendMetric, value: number | null): string {
  return figures[metric].format(value);
}

/** What a column shows of a run. */
export function historyCell(column: HistoryColumn, run: RunSummary): string {
  if (column === 'target') return run.target;
  return column === 'tags' ? run.tags.join(', ') : formatFigure(column, run[column]);
}
