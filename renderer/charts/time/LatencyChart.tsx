import { useMemo } from 'react';
import { responseTimeChart } from '../../../shared/report/charts/runCharts';
import { inColor } from './chartColors';
import { type RunChartProps, TimeChart } from './TimeChart';

/** Percentiles of the response time, with the limits of the thresholds. */
export function LatencyChart(run: RunChartProps) {
  const { scenario } = run;
  const chart = useMemo(() => inColor(responseTimeChart(scenario)), [scenario]);
  return <TimeChart {...run} {...chart} />;
}
