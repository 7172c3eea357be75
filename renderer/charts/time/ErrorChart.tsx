import { memo, useMemo } from 'react';
import { chartedErrors, errorChart, failedAfterLoad } from '../../../shared/report/charts/runCharts';
import { inColor } from './chartColors';
import { type RunChartProps, TimeChart } from './TimeChart';

/** Failed requests per second by kind, for a run that has some. */
export const ErrorChart = memo(function ErrorChart(run: RunChartProps) {
  const kinds = chartedErrors(run.intervals).join(' ');
  const note = failedAfterLoad(run.scenario, run.intervals);
  const chart = useMemo(() => inColor(errorChart(kinds.split(' '), note)), [kinds, note]);
  return <TimeChart {...run} {...chart} />;
});
