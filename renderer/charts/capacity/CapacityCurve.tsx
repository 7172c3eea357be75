import { memo, useMemo } from 'react';
import { CartesianGrid, ReferenceLine, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import { type CapacityStep, describeStepOutcome } from '../../../shared/run/capacity';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';
import { HeaderRow } from '../../ui/HeaderRow';
import { ChartFrame } from '../frame/ChartFrame';
import { axisStyle, chartMargin, Plot, tooltipStyle, valueAxisStyle } from '../plot/rechartsPlot';

interface CapacityCurveProps {
  steps: readonly CapacityStep[];
  /** The confirmed capacity, once it is known. */
  rate: number | null;
  /** The limit of the P95, if the thresholds have one. */
  limitMs: number | undefined;
}

const columns = ['Step', 'Throughput', 'P50', 'P95', 'P99', 'Target', 'Generator', 'Outcome'] as const;

function stepName({ kind, vus, offeredRate }: CapacityStep): string {
  if (kind === 'concurrency') return `${formatNumber(vus ?? 0)} users`;
  return `${kind === 'confirmation' ? 'confirm ' : ''}${formatRate(offeredRate)}`;
}

function StepTable({ steps }: { steps: readonly CapacityStep[] }) {
  return (
    <div className="chart-table">
      <table className="numbers" aria-label="Steps of the search">
        <HeaderRow titles={columns} />
        <tbody>
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever appended and have no identity of their own
            <tr key={index}>
              <th scope="row">{stepName(step)}</th>
              <td>{formatRate(step.achievedRate)}</td>
              <td>{formatLatency(step.p50)}</td>
              <td>{formatLatency(step.p95)}</td>
              <td>{formatLatency(step.p99)}</td>
              <td>{formatShare(step.targetUtilisation)}</td>
              <td>{formatShare(step.generatorUtilisation)}</td>
              <td>{describeStepOutcome(step)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The steps of a capacity search: what was answered against how long the slowest 5 % took. */
export const CapacityCurve = memo(function CapacityCurve({ steps, rate, limitMs }: CapacityCurveProps) {
  const points = useMemo(
    () =>
      steps.flatMap(({ achievedRate, p95, holds, trusted }) =>
        p95 === null ? [] : [{ rate: achievedRate, p95, holds: holds && trusted }],
      ),
    [steps],
  );
  // A step beyond the capacity may take seconds; the limit is what the eye looks for.
  const top = limitMs === undefined ? Math.max(0, ...points.map(({ p95 }) => p95)) : limitMs * 2;
  const ticks = axisTicks(roomAbove(top));
  const highest = ticks.at(-1) ?? 1;
  const drawn = (wanted: boolean) =>
    points.filter(({ holds }) => holds === wanted).map((point) => ({ ...point, p95: Math.min(point.p95, highest) }));
  return (
    <ChartFrame
      name="Capacity"
      title="P95 by throughput, one point per step"
      legend={
        <>
          <span className="legend-item capacity-holds">● sustained</span>
          <span className="legend-item capacity-fails">● not sustained</span>
        </>
      }
      table={() => <StepTable steps={steps} />}
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
            <ReferenceLine x={rate} stroke="var(--passed)" label={{ value: formatRate(rate), position: 'left' }} />
          )}
          <Scatter name="sustained" data={drawn(true)} fill="var(--passed)" isAnimationActive={false} />
          <Scatter name="not sustained" data={drawn(false)} fill="var(--failed)" isAnimationActive={false} />
        </ScatterChart>
      </Plot>
    </ChartFrame>
  );
});
