import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { axisTicks, roomAbove } from '../../shared/charts/axis';
import { resolveColor, usePlotSize, useThemeVersion } from './canvas';

interface TrendPlotProps {
  label: string;
  values: readonly (number | null)[];
  format(value: number): string;
  /** What stands under a place of the axis. */
  nameOf(place: number): string;
  /** Hears of the place under the pointer. */
  onPlace(place: number | undefined): void;
}

/** Values at equal distances on a canvas: a trend over runs. */
export function TrendPlot({ label, values, format, nameOf, onPlace }: TrendPlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useThemeVersion();
  usePlotSize(element, plot);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours are a reason to draw anew
  useEffect(() => {
    const parent = element.current;
    if (!parent) return undefined;
    const color = (token: string): string => resolveColor(parent, `var(${token})`);
    const ticks = axisTicks(roomAbove(Math.max(0, ...values.map((value) => value ?? 0))));
    const axis: uPlot.Axis = {
      stroke: color('--text-quiet'),
      font: '11px "Inter Variable", sans-serif',
      ticks: { show: false },
    };
    plot.current = new uPlot(
      {
        width: Math.max(50, parent.clientWidth),
        height: Math.max(50, parent.clientHeight),
        // On the right, room for half of the last date.
        padding: [8, 36, 0, 0],
        legend: { show: false },
        scales: {
          x: { time: false, range: [0, Math.max(1, values.length - 1)] },
          y: { range: [0, ticks.at(-1) ?? 1] },
        },
        axes: [
          {
            ...axis,
            size: 24,
            space: 110,
            grid: { show: false },
            values: (_plot, splits) => splits.map((place) => nameOf(place)),
          },
          {
            ...axis,
            size: 72,
            grid: { stroke: color('--line'), width: 1 },
            splits: () => ticks,
            values: (_plot, splits) => splits.map((value) => format(value)),
          },
        ],
        series: [
          {},
          { stroke: color('--accent'), width: 1.5, spanGaps: false, points: { show: values.length < 80, size: 5 } },
        ],
        cursor: { y: false, drag: { x: false, y: false } },
        hooks: { setCursor: [({ cursor }) => onPlace(cursor.idx ?? undefined)] },
      },
      [values.map((_value, place) => place), [...values]],
      parent,
    );
    return () => plot.current?.destroy();
  }, [values, format, nameOf, onPlace, theme]);
  return <div ref={element} className="plot" role="img" aria-label={label} data-points={values.length} />;
}
