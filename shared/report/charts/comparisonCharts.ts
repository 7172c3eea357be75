import { type LineAxisOptions, latencyTick, shareTick } from '../../charts/axis';
import type { ComparedRun, TimePoint } from '../../comparison/comparison';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../units/format';

/** A metric of compared runs over time, and how a chart of it shows its values. */
export interface TimelineMetric extends LineAxisOptions {
  key: Exclude<keyof TimePoint, 't'>;
  title: string;
  format(value: number | null): string;
  formatAxis(value: number): string;
}

const latency = { format: formatLatency, formatAxis: latencyTick, canBeLog: true } as const;

/** The metrics of compared runs over time, in the order of window and page. */
export const timelineMetrics = {
  throughput: {
    key: 'rate',
    title: 'Throughput',
    format: formatRate,
    formatAxis: (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : 1),
  },
  p50: { key: 'p50', title: 'P50', ...latency },
  p95: { key: 'p95', title: 'P95', ...latency },
  p99: { key: 'p99', title: 'P99', ...latency },
  failedRate: { key: 'failedRate', title: 'Errors', format: formatShare, formatAxis: shareTick },
  cacheHitRate: { key: 'cacheHitRate', title: 'Cache hits', format: formatShare, formatAxis: shareTick, fixedTop: 1 },
} as const satisfies Record<string, TimelineMetric>;

/** Whether a chart of a metric would show something: some run has a value that is not zero. */
export function hasTimeline(runs: readonly ComparedRun[], { key }: TimelineMetric): boolean {
  return runs.some(({ timeline }) => timeline.some((point) => point[key] !== null && point[key] !== 0));
}
