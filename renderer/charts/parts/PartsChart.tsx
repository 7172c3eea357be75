import { memo, useMemo } from 'react';
import { chartedParts, partsByWeight, partsChart } from '../../../shared/report/charts/runCharts';
import { inColor } from '../time/chartColors';
import { type RunChartProps, TimeChart } from '../time/TimeChart';
import { partColors } from './partColor';

/** The average time that requests spent in the heaviest parts, second by second, if the run knows it. */
export const PartsChart = memo(function PartsChart(run: RunChartProps) {
  const parts = partsByWeight(run.intervals);
  const charted = chartedParts(parts).join('\n');
  const all = parts.sort().join('\n');
  const chart = useMemo(() => inColor(partsChart(charted.split('\n')), partColors(all.split('\n'))), [charted, all]);
  return <TimeChart {...run} {...chart} />;
});
