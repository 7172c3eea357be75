import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { areFarApart, axisTicks, logTicks, roomAbove } from '../../../shared/charts/axis';
import { letterOf } from '../../../shared/report/wording/describeComparison';
import { ChartFrame } from '../../charts/ChartFrame';
import { axisStyle, chartMargin, Plot, tooltipStyle, valueAxisStyle } from '../../charts/rechartsPlot';
import { HeaderRow } from '../../ui/HeaderRow';
import { RunKey } from './RunKey';
import { dashOf } from './runLook';

/** The line of a run: where it is among the runs, and its points; null is a gap. */
export interface OverlayLine {
  place: number;
  points: readonly (readonly [x: number, y: number | null])[];
  /** Draws through what lies between points that are far apart, of a tool that tells ten seconds at once. */
  isSparse?: boolean;
  isStep?: boolean;
}

interface OverlayChartProps {
  name: string;
  title: string;
  /** The hue of the metric: all runs have it. */
  color: string;
  lines: readonly OverlayLine[];
  xDomain: readonly [number, number];
  xTicks?: readonly number[];
  xTitle: string;
  formatX(value: number): string;
  format(value: number | null): string;
  formatAxis(value: number): string;
  /** The axis ends here, whatever is drawn; small multiples share it. */
  top?: number;
  /** Whether the axis is logarithmic where the lines are far apart: of latencies. */
  canBeLog?: boolean;
}

interface Row {
  x: number;
  values: (number | null)[];
}

function rowsOf(lines: readonly OverlayLine[]): Row[] {
  const rows = new Map<number, Row>();
  lines.forEach(({ points }, index) => {
    for (const [x, y] of points) {
      const row = rows.get(x) ?? { x, values: lines.map(() => null) };
      row.values[index] = y;
      rows.set(x, row);
    }
  });
  return [...rows.values()].sort((a, b) => a.x - b.x);
}

interface ValueAxis {
  scale: 'linear' | 'log';
  ticks: number[];
}

/** A linear axis from 0, or a logarithmic one where it would flatten a run that is much faster than another. */
function axisOf(lines: readonly OverlayLine[], top: number | undefined, canBeLog: boolean): ValueAxis {
  const values = lines.map(({ points }) => points.flatMap(([, y]) => (y !== null && y > 0 ? [y] : [])));
  const greatest = values.map((line) => Math.max(0, ...line));
  if (canBeLog && areFarApart(greatest))
    return { scale: 'log', ticks: logTicks(Math.min(...values.flat()), Math.max(...greatest)) };
  return { scale: 'linear', ticks: axisTicks(top ?? roomAbove(Math.max(0, ...greatest))) };
}

/** One metric of several runs on one axis, in one hue: the baseline solid, the others dashed. */
export const OverlayChart = memo(function OverlayChart({
  name,
  title,
  color,
  lines,
  xDomain,
  xTicks,
  xTitle,
  formatX,
  format,
  formatAxis,
  top,
  canBeLog = false,
}: OverlayChartProps) {
  const rows = useMemo(() => rowsOf(lines), [lines]);
  const { scale, ticks } = useMemo(() => axisOf(lines, top, canBeLog), [lines, top, canBeLog]);
  const [least = 0] = ticks;
  // What a tool of whole milliseconds calls 0 has no place on a logarithmic axis.
  const drawn = (value: number | null): number | null =>
    value !== null && scale === 'log' ? Math.max(least, value) : value;
  return (
    <ChartFrame
      name={name}
      title={scale === 'log' ? `${title}, logarithmic` : title}
      legend={lines.map(({ place }) => <RunKey key={place} place={place} color={color} />)}
      table={() => (
        <div className="chart-table">
          <table className="numbers" aria-label={title}>
            <HeaderRow titles={[xTitle, ...lines.map(({ place }) => letterOf(place))]} />
            <tbody>
              {rows.map(({ x, values }) => (
                <tr key={x}>
                  <th scope="row">{formatX(x)}</th>
                  {lines.map(({ place }, index) => (
                    <td key={place}>{format(values[index] ?? null)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    >
      <Plot>
        <LineChart data={rows} margin={chartMargin}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="x"
            type="number"
            domain={[...xDomain]}
            tickFormatter={formatX}
            {...(xTicks ? { ticks: [...xTicks] } : {})}
            {...axisStyle}
          />
          <YAxis
            scale={scale}
            domain={[least, ticks.at(-1) ?? 1]}
            ticks={ticks}
            tickFormatter={formatAxis}
            allowDataOverflow
            {...valueAxisStyle}
          />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(x) => formatX(Number(x))}
            formatter={(value) => format(typeof value === 'number' ? value : null)}
            contentStyle={tooltipStyle}
          />
          {lines.map(({ place, isSparse, isStep }, index) => (
            <Line
              key={place}
              name={letterOf(place)}
              dataKey={(row: Row) => drawn(row.values[index] ?? null)}
              type={isStep ? 'step' : 'linear'}
              stroke={color}
              strokeWidth={place === 0 ? 2.2 : 1.6}
              strokeDasharray={dashOf(place) ?? 'none'}
              connectNulls={isSparse ?? false}
              dot={rows.length < 25 && isSparse ? { r: 2, strokeDasharray: 'none' } : false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </Plot>
    </ChartFrame>
  );
});
