import type { RunInterval } from '../../shared/run/metrics';
import type { Scenario } from '../../shared/scenario/schema';
import { formatShare } from '../../shared/units/format';
import { type ChartSeries, TimeChart } from './TimeChart';

const series: readonly ChartSeries[] = [
  { key: 'hits', name: 'hit rate', fold: 'mean', color: 'var(--cache)', value: ({ cacheHitRate }) => cacheHitRate },
];

function formatAxis(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** The share of reads that the cache answered. */
export function CacheChart({ scenario, intervals }: { scenario: Scenario; intervals: readonly RunInterval[] }) {
  return (
    <TimeChart
      title="Cache hits"
      scenario={scenario}
      intervals={intervals}
      series={series}
      format={formatShare}
      formatAxis={formatAxis}
      fixedTop={1}
    />
  );
}
