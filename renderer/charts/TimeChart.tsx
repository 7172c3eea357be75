import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { axisTicks, roomAbove } from '../../shared/charts/axis';
import { chartPoints, type Series, shownSeconds } from '../../shared/charts/chartData';
import type { RunInterval } from '../../shared/run/metrics';
import type { Scenario } from '../../shared/scenario/schema';
import { axisStyle, ChartFrame, chartMargin, Plot, tooltipStyle, valueAxisStyle } from './ChartFrame';
import { ChartTable } from './ChartTable';

/** A line of a chart and how it is drawn. */
export interface ChartSeries extends Series {
  /** A CSS colour, from the tokens. */
  color: string;
  dashed?: boolean;
}

/** A horizontal line at a limit. */
export interface LimitLine {
  value: number;
  label: string;
}

interface TimeChartProps {
  title: string;
  scenario: Scenario;
  intervals: readonly RunInterval[];
  series: readonly ChartSeries[];
  limits?: readonly LimitLine[];
  format(value: number | null): string;
  /** A tick of the axis, as short as possible. */
  formatAxis(value: number): string;
  /** The axis reaches at least to this value. */
  atLeast?: number;
  /** The axis ends at this value, whatever the data. */
  fixedTop?: number;
}

const noLimits: readonly LimitLine[] = [];

/** Lines over the seconds of a run, with a legend, a tooltip and a table of the same figures. */
export const TimeChart = memo(function TimeChart({
  title,
  scenario,
  intervals,
  series,
  limits = noLimits,
  format,
  formatAxis,
  atLeast = 0,
  fixedTop,
}: TimeChartProps) {
  const durationS = shownSeconds(scenario, intervals);
  const points = useMemo(() => chartPoints(intervals, series, durationS), [intervals, series, durationS]);
  const ticks = useMemo(() => {
    const values = points.flatMap((point) => Object.values(point.values)).filter((value) => value !== null);
    return axisTicks(fixedTop ?? roomAbove(Math.max(atLeast, ...values)));
  }, [points, atLeast, fixedTop]);
  return (
    <ChartFrame
      name={title}
      title={title}
      legend={series.map(({ key, name, color, dashed }) => (
        <span key={key} className="legend-item">
          <svg width="18" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="18"
              y1="4"
              y2="4"
              stroke={color}
              strokeWidth="2"
              strokeDasharray={dashed ? '4 3' : undefined}
            />
          </svg>
          {name}
        </span>
      ))}
      table={<ChartTable title={title} points={points} series={series} format={format} />}
    >
      <Plot>
        <LineChart data={points} margin={chartMargin}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="t"
            type="number"
            domain={[0, durationS]}
            tickFormatter={(second: number) => `${second} s`}
            {...axisStyle}
          />
          <YAxis
            domain={[0, ticks.at(-1) ?? 1]}
            ticks={ticks}
            tickFormatter={(value: number) => formatAxis(value)}
            {...valueAxisStyle}
          />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(second) => `second ${String(second)}`}
            formatter={(value) => format(typeof value === 'number' ? value : null)}
            contentStyle={tooltipStyle}
          />
          {limits.map(({ value, label }, index) => (
            <ReferenceLine
              key={label}
              y={value}
              stroke="var(--limit)"
              strokeDasharray="2 4"
              label={{
                value: label,
                position: index % 2 === 0 ? 'insideBottomLeft' : 'insideBottomRight',
                fill: 'var(--text-quiet)',
                fontSize: 11,
              }}
            />
          ))}
          {series.map(({ key, name, color, dashed }) => (
            <Line
              key={key}
              name={name}
              dataKey={(point: { values: Record<string, number | null> }) => point.values[key] ?? null}
              stroke={color}
              strokeWidth={dashed ? 1.5 : 2}
              strokeDasharray={dashed ? '4 3' : 'none'}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </Plot>
    </ChartFrame>
  );
});
