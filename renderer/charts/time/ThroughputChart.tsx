import { useMemo } from 'react';
import { throughputChart } from '../../../shared/report/charts/runCharts';
import { inColor } from './chartColors';
import { type RunChartProps, TimeChart } from './TimeChart';

/** Requests per second: scheduled (open model only) and achieved. */
export function ThroughputChart(run: RunChartProps) {
  const { load } = run.scenario;
  const chart = useMemo(() => inColor(throughputChart(load)), [load]);
  return <TimeChart {...run} {...chart} />;
}
