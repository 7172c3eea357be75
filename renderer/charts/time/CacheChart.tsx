import { formatPercent, formatShare } from '../../../shared/units/format';
import { type ChartSeries, type RunChartProps, TimeChart } from './TimeChart';

const series: readonly ChartSeries[] = [
  { key: 'hits', name: 'hit rate', fold: 'mean', color: 'var(--cache)', value: ({ cacheHitRate }) => cacheHitRate },
];

/** The share of reads that the cache answered. */
export function CacheChart({ scenario, intervals, warmup }: RunChartProps) {
  return (
    <TimeChart
      title="Cache hits"
      scenario={scenario}
      intervals={intervals}
      warmup={warmup}
      series={series}
      format={formatShare}
      formatAxis={formatPercent}
      fixedTop={1}
    />
  );
}
