import { memo, useMemo } from 'react';
import { lineAxis } from '../../../shared/charts/axis';
import { letterOf } from '../../../shared/report/wording/describeComparison';
import { OverlayPlot } from '../../charts/comparison/OverlayPlot';
import { ChartFrame } from '../../charts/frame/ChartFrame';
import { ChartTable } from '../../charts/frame/ChartTable';
import type { LinePlotProps, PlotPoint } from '../../charts/plot/linePlot';
import { RunKey } from './RunKey';
import { dashOf } from './runLook';

/** The line of a run in a chart: its position among the runs, and its points. Null is a gap. */
export interface RunLine {
  place: number;
  points: readonly (readonly [x: number, y: number | null])[];
  /** Connects points that are far apart, as from a tool that reports every ten seconds. */
  isSparse?: boolean;
  isStep?: boolean;
}

interface OverlayChartProps extends Pick<LinePlotProps, 'xRange' | 'formatX' | 'format' | 'formatAxis'> {
  name: string;
  title: string;
  /** The hue of the metric, which all runs share. */
  color: string;
  runs: readonly RunLine[];
  xTicks?: readonly number[];
  xTitle: string;
  /** The fixed end of the axis, which small multiples share. */
  top?: number;
  /** Whether the axis can be logarithmic when the lines are far apart, as for latencies. */
  canBeLog?: boolean;
}

function pointsOf(runs: readonly RunLine[]): PlotPoint[] {
  const points = new Map<number, Record<string, number | null>>();
  for (const { place, points: own } of runs) {
    for (const [x, y] of own) points.set(x, { ...points.get(x), [letterOf(place)]: y });
  }
  return [...points].map(([x, values]) => ({ x, values })).sort((a, b) => a.x - b.x);
}

/** One metric of several runs on one axis, in one hue. The baseline is solid, the others are dashed. */
export const OverlayChart = memo(function OverlayChart(props: OverlayChartProps) {
  const {
    name,
    title,
    color,
    runs,
    xRange,
    xTicks,
    xTitle,
    formatX,
    format,
    formatAxis,
    top,
    canBeLog = false,
  } = props;
  const points = useMemo(() => pointsOf(runs), [runs]);
  const { scale, ticks } = useMemo(
    () =>
      lineAxis(
        runs.map((run) => run.points),
        { fixedTop: top, canBeLog },
      ),
    [runs, top, canBeLog],
  );
  const lines = runs.map(({ place, isSparse = false, isStep = false }) => ({
    key: letterOf(place),
    name: letterOf(place),
    color,
    dash: dashOf(place),
    width: place === 0 ? 2.2 : 1.6,
    isSparse,
    isStep,
  }));
  return (
    <ChartFrame
      name={name}
      title={scale === 'log' ? `${title}, logarithmic` : title}
      legend={runs.map(({ place }) => <RunKey key={place} place={place} color={color} />)}
      table={() => (
        <ChartTable title={title} xTitle={xTitle} points={points} lines={lines} formatX={formatX} format={format} />
      )}
    >
      <OverlayPlot
        label={title}
        points={points}
        lines={lines}
        xRange={xRange}
        xTicks={xTicks}
        yTicks={ticks}
        scale={scale}
        formatX={formatX}
        format={format}
        formatAxis={formatAxis}
      />
    </ChartFrame>
  );
});
