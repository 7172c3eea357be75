import { memo, useMemo } from 'react';
import { partLabel, partRank } from '../../shared/attribution/parts';
import { latencyTick } from '../../shared/charts/axis';
import { heaviestNames, partMsOf } from '../../shared/charts/chartData';
import type { RunInterval } from '../../shared/run/metrics';
import { formatLatency } from '../../shared/units/format';
import { partColor } from './partColor';
import { type ChartSeries, type RunChartProps, TimeChart } from './TimeChart';

/** More lines than this can't be told apart. */
const maxLines = 5;

/** The parts that take the most time over the whole run. */
function heaviestParts(intervals: readonly RunInterval[]): string[] {
  const heaviest = heaviestNames(
    intervals,
    maxLines,
    ({ parts }) => parts,
    ({ count }) => count,
  );
  return heaviest.sort((a, b) => partRank(a) - partRank(b));
}

/** What requests spent in the heaviest parts on average, second by second; of a run that knows it. */
export const PartsChart = memo(function PartsChart({ scenario, intervals, warmup }: RunChartProps) {
  const names = heaviestParts(intervals).join(' ');
  const series = useMemo(
    () =>
      names.split(' ').map(
        (part): ChartSeries => ({
          key: part,
          name: partLabel(part),
          fold: 'mean',
          color: partColor(part),
          value: (interval) => partMsOf(interval, part),
        }),
      ),
    [names],
  );
  return (
    <TimeChart
      title="Parts of the mean request"
      scenario={scenario}
      intervals={intervals}
      warmup={warmup}
      series={series}
      format={formatLatency}
      formatAxis={latencyTick}
    />
  );
});
