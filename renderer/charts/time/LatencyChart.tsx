import { useMemo } from 'react';
import { latencyTick } from '../../../shared/charts/axis';
import { latencyLimits } from '../../../shared/thresholds/evaluate';
import { formatLatency } from '../../../shared/units/format';
import { type ChartSeries, type RunChartProps, TimeChart } from './TimeChart';

/** One ordered ramp: from the common latency to the rare one. */
const series: readonly ChartSeries[] = [
  { key: 'p50', name: 'P50', fold: 'worst', color: 'var(--percentile-50)', value: ({ p50 }) => p50 },
  { key: 'p95', name: 'P95', fold: 'worst', color: 'var(--percentile-95)', bandTo: 'p50', value: ({ p95 }) => p95 },
  { key: 'p99', name: 'P99', fold: 'worst', color: 'var(--percentile-99)', bandTo: 'p95', value: ({ p99 }) => p99 },
];

/** Percentiles of the response time, with the limits of the thresholds. */
export function LatencyChart({ scenario, intervals, warmup }: RunChartProps) {
  const limits = useMemo(
    () =>
      latencyLimits(scenario.thresholds).map(({ percentile, limitMs }) => ({
        value: limitMs,
        label: `P${percentile} limit ${latencyTick(limitMs)}`,
        lineKey: `p${percentile}`,
      })),
    [scenario],
  );
  return (
    <TimeChart
      title="Response time"
      scenario={scenario}
      intervals={intervals}
      warmup={warmup}
      series={series}
      limits={limits}
      format={formatLatency}
      formatAxis={latencyTick}
      atLeast={Math.max(0, ...limits.map(({ value }) => value))}
    />
  );
}
