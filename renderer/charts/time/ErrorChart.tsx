import { memo, useMemo } from 'react';
import { errorCountOf, heaviestNames } from '../../../shared/charts/chartData';
import { formatNumber } from '../../../shared/units/format';
import { type ChartSeries, type RunChartProps, TimeChart } from './TimeChart';

/** By their rank, colours that are told apart in both themes. */
const colors = ['--failed', '--percentile-95', '--part-send', '--part-other-1', '--part-handler'] as const;

function formatCount(count: number | null): string {
  return count === null ? '–' : formatNumber(count);
}

/** Failed requests of each second by their kind; of a run with some. */
export const ErrorChart = memo(function ErrorChart({ scenario, intervals, warmup }: RunChartProps) {
  const kinds = heaviestNames(intervals, colors.length, ({ errors }) => errors).join(' ');
  const series = useMemo(
    () =>
      kinds.split(' ').map(
        (kind, rank): ChartSeries => ({
          key: kind,
          name: kind,
          fold: 'worst',
          color: `var(${colors[rank] ?? colors[0]})`,
          value: (interval) => errorCountOf(interval, kind),
        }),
      ),
    [kinds],
  );
  return (
    <TimeChart
      title="Errors by kind"
      scenario={scenario}
      intervals={intervals}
      warmup={warmup}
      series={series}
      format={formatCount}
      formatAxis={formatCount}
    />
  );
});
