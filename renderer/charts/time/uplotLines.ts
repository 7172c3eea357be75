import uPlot from 'uplot';
import { canvasFont, resolveColor } from '../plot/canvas';
import { isolatedPoints } from './isolatedPoints';
import type { PlotContent } from './plotContent';
import { drawAbove, drawBehind, type Shades } from './timeMarks';

/** The pointer events of a plot. */
export interface PlotListener {
  onSecond(second: number | undefined): void;
  onZoom(zoom: { from: number; to: number } | undefined): void;
}

/** A shorter drag is a click. */
const leastDrag = 6;
/** The diameter of a point that no line reaches, in pixels. */
const pointSize = 5;
/** The distances of ticks of the time axis in seconds, so that they are at round times such as 0:30. */
const wholeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800] as const;

/** The points of a line that are drawn: those that it does not reach. */
function filterPoints(plot: uPlot, place: number): number[] | null {
  const points = isolatedPoints(plot.data[place] ?? []);
  return points.length === 0 ? null : points;
}

/** A plot of lines over seconds on a canvas in `element`, with the current colour tokens. */
export function createPlot(
  element: HTMLElement,
  content: PlotContent,
  data: uPlot.AlignedData,
  listener: PlotListener,
): uPlot {
  const color = (token: string): string => resolveColor(element, token);
  const quiet = color('var(--text-quiet)');
  const ground = color('var(--surface-raised)');
  const grid = color('var(--line)');
  const shades: Shades = { failed: color('var(--failed)'), quiet, moment: color('var(--moment)') };
  const axis: uPlot.Axis = { stroke: quiet, font: canvasFont, ticks: { show: false } };
  const { lines, formatX, formatAxis } = content;
  const bands = lines.flatMap(({ bandTo, color: own }, index): uPlot.Band[] => {
    const to = lines.findIndex(({ key }) => key === bandTo);
    return to < 0 ? [] : [{ series: [index + 1, to + 1], fill: `color-mix(in srgb, ${color(own)} 22%, transparent)` }];
  });
  return new uPlot(
    {
      width: Math.max(50, element.clientWidth),
      height: Math.max(50, element.clientHeight),
      padding: [8, 16, 0, 0],
      legend: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        {
          ...axis,
          size: 26,
          grid: { show: false },
          space: 60,
          incrs: [...wholeSteps],
          values: (_plot, splits) => splits.map((second) => formatX(second)),
        },
        {
          ...axis,
          size: 72,
          grid: { stroke: grid, width: 1 },
          values: (_plot, splits) => splits.map((value) => formatAxis(value)),
        },
      ],
      series: [
        {},
        ...lines.map(({ color: own, dash, name, width = 2 }) => ({
          label: name,
          stroke: color(own),
          width,
          ...(dash === undefined ? {} : { dash: dash.split(' ').map(Number) }),
          points: { show: false, size: pointSize, fill: color(own), filter: filterPoints },
          spanGaps: false,
        })),
      ],
      bands,
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        bind: {
          dblclick: () => () => {
            listener.onZoom(undefined);
            return null;
          },
        },
      },
      hooks: {
        drawClear: [(plot) => drawBehind(plot, content, shades)],
        draw: [(plot) => drawAbove(plot, content, color, { words: quiet, ground })],
        setCursor: [
          (plot) => {
            // Only a pointer in this plot counts. The cursors of the other plots follow it.
            if (plot.over.matches(':hover'))
              listener.onSecond(plot.cursor.idx == null ? undefined : plot.data[0][plot.cursor.idx]);
          },
        ],
        setSelect: [
          ({ select: { left, width }, posToVal }) => {
            if (width >= leastDrag) listener.onZoom({ from: posToVal(left, 'x'), to: posToVal(left + width, 'x') });
          },
        ],
      },
    },
    data,
    element,
  );
}
