import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { LinePlotProps, PlotLine, PlotPoint } from '../plot/linePlot';
import { axisStyle, chartMargin, Plot, tooltipStyle, valueAxisStyle } from '../plot/rechartsPlot';

/** A line of a finished result. */
export interface OverlayLine extends PlotLine {
  /** Connects points that are far apart, as from a tool that reports every ten seconds. */
  isSparse?: boolean;
  isStep?: boolean;
}

interface OverlayPlotProps extends LinePlotProps<OverlayLine> {
  scale: 'linear' | 'log';
  xTicks?: readonly number[] | undefined;
}

/** With fewer points than this, each point gets a marker. */
const markedPoints = 25;

/** Overlaid lines of finished results, drawn by Recharts with a linear or logarithmic axis and a tooltip. */
export function OverlayPlot(props: OverlayPlotProps) {
  const { label, points, lines, xRange, xTicks, yTicks, scale, formatX, format, formatAxis } = props;
  const [least = 0] = yTicks;
  // A tool with whole milliseconds can report 0, which a logarithmic axis can't show.
  const drawn = (value: number | null): number | null =>
    value !== null && scale === 'log' ? Math.max(least, value) : value;
  return (
    <Plot>
      <LineChart data={points} margin={chartMargin} aria-label={label}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x"
          type="number"
          domain={[...xRange]}
          tickFormatter={formatX}
          {...(xTicks ? { ticks: [...xTicks] } : {})}
          {...axisStyle}
        />
        <YAxis
          scale={scale}
          domain={[least, yTicks.at(-1) ?? 1]}
          ticks={[...yTicks]}
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
        {lines.map(({ key, name, color, dash, width = 2, isSparse, isStep }) => (
          <Line
            key={key}
            name={name}
            dataKey={({ values }: PlotPoint) => drawn(values[key] ?? null)}
            type={isStep ? 'step' : 'linear'}
            stroke={color}
            strokeWidth={width}
            strokeDasharray={dash ?? 'none'}
            connectNulls={isSparse ?? false}
            dot={points.length < markedPoints && isSparse ? { r: 2, strokeDasharray: 'none' } : false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </Plot>
  );
}
