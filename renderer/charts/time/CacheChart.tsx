import { cacheChart } from '../../../shared/report/charts/runCharts';
import { inColor } from './chartColors';
import { type RunChartProps, TimeChart } from './TimeChart';

const chart = inColor(cacheChart);

/** The share of reads that the cache served. */
export function CacheChart(run: RunChartProps) {
  return <TimeChart {...run} {...chart} />;
}
