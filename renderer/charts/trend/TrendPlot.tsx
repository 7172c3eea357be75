import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import chart from '../frame/charts.module.css';
import { canvasFont, columnsOf, resolveColor, usePlotSize, useThemeVersion } from '../plot/canvas';
import type { LinePlotProps, PlotLine } from '../plot/linePlot';

/** A line of a trend. */
export interface TrendLine extends PlotLine {
  /** Draws its values as separate marks. */
  isMarks?: boolean;
}

interface TrendPlotProps extends Omit<LinePlotProps<TrendLine>, 'format'> {
  /** Whether the value axis is logarithmic, in powers of ten. */
  isLog: boolean;
  /** Called with the position under the pointer. */
  onPlace(place: number | undefined): void;
}

/** All ticks have a label, where uPlot would leave some of a logarithmic axis out. */
const allSplits = (_plot: uPlot, splits: number[]): number[] => splits;

/** Lines over runs in order, equally spaced, on a canvas drawn by uPlot. It can show hundreds of runs. */
export function TrendPlot(props: TrendPlotProps) {
  const { label, points, lines, xRange, yTicks, isLog, formatX, formatAxis, onPlace } = props;
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useThemeVersion();
  usePlotSize(element, plot);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours are a reason to draw anew
  useEffect(() => {
    const parent = element.current;
    if (!parent) return undefined;
    const color = (token: string): string => resolveColor(parent, `var(${token})`);
    const axis: uPlot.Axis = {
      stroke: color('--text-quiet'),
      font: canvasFont,
      ticks: { show: false },
    };
    plot.current = new uPlot(
      {
        width: Math.max(50, parent.clientWidth),
        height: Math.max(50, parent.clientHeight),
        // Room for half of the last date on the right.
        padding: [8, 36, 0, 0],
        legend: { show: false },
        scales: {
          x: { time: false, range: [...xRange] },
          y: { range: [yTicks[0] ?? 0, yTicks.at(-1) ?? 1], ...(isLog ? { distr: 3 as const, log: 10 as const } : {}) },
        },
        axes: [
          {
            ...axis,
            size: 24,
            space: 110,
            grid: { show: false },
            values: (_plot, splits) => splits.map((place) => formatX(place)),
          },
          {
            ...axis,
            size: 72,
            grid: { stroke: color('--line'), width: 1, filter: allSplits },
            splits: () => [...yTicks],
            filter: allSplits,
            values: (_plot, splits) => splits.map((value) => formatAxis(value)),
          },
        ],
        series: [
          {},
          ...lines.map(({ color: own, width = 2, dash, isMarks = false }) => ({
            stroke: resolveColor(parent, own),
            width,
            // Runs of others can stand between two points of a line.
            spanGaps: true,
            ...(dash === undefined ? {} : { dash: dash.split(' ').map(Number) }),
            ...(isMarks ? { paths: () => null } : {}),
            points: { show: isMarks, size: points.length < 80 ? 7 : 4, fill: resolveColor(parent, own) },
          })),
        ],
        cursor: { y: false, drag: { x: false, y: false } },
        hooks: { setCursor: [({ cursor }) => onPlace(cursor.idx ?? undefined)] },
      },
      columnsOf(points, lines),
      parent,
    );
    return () => plot.current?.destroy();
  }, [points, lines, xRange, yTicks, isLog, formatX, formatAxis, onPlace, theme]);
  return <div ref={element} className={chart.plot} role="img" aria-label={label} data-points={points.length} />;
}
