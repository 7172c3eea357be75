import { memo, useMemo } from 'react';
import { CartesianGrid, ReferenceLine, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import type { Status } from '../../../shared/report/blocks';
import { capacityColumns, capacityRow } from '../../../shared/report/sections/capacity';
import { statusText } from '../../../shared/report/status';
import { formatSearchRate, statusOfStep } from '../../../shared/report/wording/describeCapacity';
import type { CapacityStep } from '../../../shared/run/capacity';
import { formatNumber } from '../../../shared/units/format';
import { ReportTable } from '../../ui/ReportBlocks';
import { ChartFrame } from '../frame/ChartFrame';
import chart from '../frame/charts.module.css';
import { axisStyle, chartMargin, Plot, tooltipStyle, valueAxisStyle } from '../plot/rechartsPlot';

interface CapacityCurveProps {
  steps: readonly CapacityStep[];
  /** The confirmed capacity, when it is known. */
  rate: number | null;
  /** The P95 limit, if the thresholds have one. */
  limitMs: number | undefined;
}

const statuses = ['passed', 'failed', 'undecided'] as const satisfies readonly Status[];
const colors: Readonly<Record<Status, string>> = {
  passed: 'var(--passed)',
  failed: 'var(--failed)',
  undecided: 'var(--inconclusive)',
};

/** The steps of a capacity search: the rate of responses against the P95. */
export const CapacityCurve = memo(function CapacityCurve({ steps, rate, limitMs }: CapacityCurveProps) {
  const points = useMemo(
    () =>
      steps.flatMap((step) =>
        step.p95 === null ? [] : [{ rate: step.achievedRate, p95: step.p95, status: statusOfStep(step) }],
      ),
    [steps],
  );
  // A step beyond the capacity can take seconds, but the limit is what matters.
  const top = limitMs === undefined ? Math.max(0, ...points.map(({ p95 }) => p95)) : limitMs * 2;
  const ticks = axisTicks(roomAbove(top));
  const highest = ticks.at(-1) ?? 1;
  const drawn = (wanted: Status) =>
    points.filter(({ status }) => status === wanted).map((point) => ({ ...point, p95: Math.min(point.p95, highest) }));
  return (
    <ChartFrame
      name="Capacity"
      title="P95 by throughput, one point per step"
      legend={statuses.map((status) => (
        <span key={status} className={chart.legendItem} style={{ color: colors[status] }}>
          {statusText(status)}
        </span>
      ))}
      table={() => (
        <div className={chart.chartTable}>
          <ReportTable label="Steps of the search" columns={capacityColumns} rows={steps.map(capacityRow)} />
        </div>
      )}
    >
      <Plot>
        <ScatterChart margin={chartMargin}>
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            dataKey="rate"
            type="number"
            name="throughput"
            domain={[0, 'auto']}
            tickFormatter={(value: number) => formatNumber(value)}
            {...axisStyle}
          />
          <YAxis
            dataKey="p95"
            type="number"
            name="P95"
            domain={[0, highest]}
            ticks={ticks}
            tickFormatter={(value: number) => `${formatNumber(value)} ms`}
            {...valueAxisStyle}
          />
          <Tooltip isAnimationActive={false} contentStyle={tooltipStyle} />
          {limitMs !== undefined && (
            <ReferenceLine y={limitMs} stroke="var(--limit)" strokeDasharray="2 4" label={`P95 limit ${limitMs} ms`} />
          )}
          {rate !== null && (
            <ReferenceLine
              x={rate}
              stroke="var(--passed)"
              label={{ value: formatSearchRate(rate, steps[0]?.unit), position: 'left' }}
            />
          )}
          {statuses.map((status) => (
            <Scatter
              key={status}
              name={statusText(status)}
              data={drawn(status)}
              fill={colors[status]}
              isAnimationActive={false}
            />
          ))}
        </ScatterChart>
      </Plot>
    </ChartFrame>
  );
});
