import { useMemo } from 'react';
import { latencyTick, logTicksWithin, placeOn, shareTick } from '../../../shared/charts/axis';
import { nines, ninesTicks } from '../../../shared/charts/ninesAxis';
import type { Comparison } from '../../../shared/comparison/comparison';
import { formatLatency, formatNumber, formatShare } from '../../../shared/units/format';
import chart from '../../charts/frame/charts.module.css';
import { OverlayChart } from './OverlayChart';

const color = 'var(--accent)';

function percentileOf(position: number): string {
  const percentile = (1 - 10 ** -position) * 100;
  const rounded = Number(percentile.toFixed(Math.max(0, Math.floor(position) - 1)));
  return `${formatNumber(rounded, String(rounded).split('.')[1]?.length ?? 0)} %`;
}

/** The distribution of latencies: by percentile, and as the number of requests per latency. */
export function DistributionCharts({ comparison }: { comparison: Comparison }) {
  const { runs, binsMs } = comparison;
  const byPercentile = useMemo(
    () =>
      runs.map(({ distribution }, place) => ({
        place,
        points: distribution.map(([percentile, ms]) => [nines(percentile), ms] as const),
        isSparse: true,
      })),
    [runs],
  );
  const byLatency = useMemo(
    () =>
      runs.flatMap(({ shares }, place) =>
        shares === null ? [] : [{ place, isStep: true, points: shares.map((share, bin) => [bin, share] as const) }],
      ),
    [runs],
  );
  const last = Math.max(90, ...runs.flatMap(({ distribution }) => distribution.map(([percentile]) => percentile)));
  const ticks = ninesTicks(last).map(([at]) => at);
  // Bins have equal width on a logarithmic axis, so a latency lies at any place between their bounds.
  const [leastMs, mostMs, bins] = [binsMs[0] ?? 1, binsMs.at(-1) ?? 10, binsMs.length - 1];
  // Rounded, because 999.999… ms is a tick of 1 s.
  const latencyAt = (bin: number): string =>
    formatLatency(Number((leastMs * (mostMs / leastMs) ** (bin / bins)).toPrecision(9)));
  return (
    <section className={chart.charts} aria-label="Distribution">
      <OverlayChart
        name="Percentile distribution"
        title="Latency by percentile"
        color={color}
        runs={byPercentile}
        xRange={[0, nines(last)]}
        xTicks={ticks}
        xTitle="Percentile"
        formatX={percentileOf}
        format={formatLatency}
        formatAxis={latencyTick}
        canBeLog
      />
      {byLatency.length > 0 && (
        <OverlayChart
          name="Histogram"
          title="Share of requests by latency"
          color={color}
          runs={byLatency}
          xRange={[0, bins]}
          xTicks={logTicksWithin(leastMs, mostMs).map((ms) => bins * placeOn(binsMs, ms))}
          xTitle="Latency"
          formatX={latencyAt}
          format={formatShare}
          formatAxis={shareTick}
        />
      )}
    </section>
  );
}
