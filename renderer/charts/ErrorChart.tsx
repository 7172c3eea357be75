import { memo, useMemo } from 'react';
import type { RunInterval } from '../../shared/run/metrics';
import { formatNumber } from '../../shared/units/format';
import { type ChartSeries, type RunChartProps, TimeChart } from './TimeChart';

/** By their rank, colours that are told apart in both themes. */
const colors = ['--failed', '--percentile-95', '--part-client', '--part-other', '--part-handler'] as const;

/** The kinds of errors of a run, the most frequent first; as many as there are colours. */
function frequentKinds(intervals: readonly RunInterval[]): string[] {
  const sums = new Map<string, number>();
  for (const { errors } of intervals)
    for (const [kind, count] of Object.entries(errors)) sums.set(kind, (sums.get(kind) ?? 0) + count);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, colors.length)
    .map(([kind]) => kind);
}

function formatCount(count: number | null): string {
  return count === null ? '–' : formatNumber(count);
}

/** Failed requests of each second by their kind; nothing of a run without any. */
export const ErrorChart = memo(function ErrorChart({ scenario, intervals, warmup }: RunChartProps) {
  const kinds = frequentKinds(intervals).join(' ');
  const series = useMemo(
    () =>
      kinds.split(' ').map(
        (kind, rank): ChartSeries => ({
          key: kind,
          name: kind,
          fold: 'worst',
          color: `var(${colors[rank] ?? colors[0]})`,
          value: ({ errors }) => errors[kind] ?? 0,
        }),
      ),
    [kinds],
  );
  if (kinds === '') return null;
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
