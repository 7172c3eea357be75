import { memo, useMemo } from 'react';
import { partLabel, partRank } from '../../../shared/attribution/parts';
import { latencyTick } from '../../../shared/charts/axis';
import { heaviestNames, partMsOf } from '../../../shared/charts/chartData';
import type { RunInterval } from '../../../shared/run/metrics';
import { formatLatency } from '../../../shared/units/format';
import { type ChartSeries, type RunChartProps, TimeChart } from '../time/TimeChart';
import { partColors } from './partColor';

/** More lines than this can't be told apart. */
const maxLines = 5;

/** All parts, those first that take the most time over the whole run. */
function partsByWeight(intervals: readonly RunInterval[]): string[] {
  return heaviestNames(
    intervals,
    Number.POSITIVE_INFINITY,
    ({ parts }) => parts,
    ({ count }) => count,
  );
}

/** What requests spent in the heaviest parts on average, second by second; of a run that knows it. */
export const PartsChart = memo(function PartsChart({ scenario, intervals, warmup }: RunChartProps) {
  const parts = partsByWeight(intervals);
  const names = parts
    .slice(0, maxLines)
    .sort((a, b) => partRank(a) - partRank(b))
    .join('\n');
  const all = parts.sort().join('\n');
  const series = useMemo(() => {
    const colorOf = partColors(all.split('\n'));
    return names.split('\n').map(
      (part): ChartSeries => ({
        key: part,
        name: partLabel(part),
        fold: 'mean',
        color: colorOf(part),
        value: (interval) => partMsOf(interval, part),
      }),
    );
  }, [names, all]);
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
