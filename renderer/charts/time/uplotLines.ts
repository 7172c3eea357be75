import uPlot from 'uplot';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { canvasFont, resolveColor } from '../plot/canvas';
import type { LinePlotProps, PlotLine } from '../plot/linePlot';
import { breachesOf } from './breaches';

/** A line over time. */
export interface TimeLine extends PlotLine {
  /** The other line of a filled band. */
  bandTo?: string;
}

/** A dotted line at a limit, in the colour of its line. Seconds in which that line is above it are marked. */
export interface LimitLine {
  value: number;
  label: string;
  lineKey: string;
}

/** The start of a stage of the load. */
export interface StageMark {
  t: number;
  name: string;
}

/** The fixed content of a plot. Values and range are set each second. */
export interface PlotContent extends Pick<LinePlotProps<TimeLine>, 'lines' | 'formatX' | 'formatAxis'> {
  limits: readonly LimitLine[];
  marks: readonly StageMark[];
  moments: readonly MomentMark[];
  /** The start of the measured part. Everything before it is the warm-up. */
  measuredFromS: number;
}

/** The pointer events of a plot. */
export interface PlotListener {
  onSecond(second: number | undefined): void;
  onZoom(zoom: { from: number; to: number } | undefined): void;
}

/** A shorter drag is a click. */
const leastDrag = 6;
const shade = 0.12;
/** Dots and gaps of a limit, in pixels. */
export const limitDash = [2, 4];
/** The minimum width of a band and the height of its marker, in pixels. */
const leastBand = 2;
const markerHeight = 7;
/** The height of the strip that marks seconds above a limit, in pixels, and how faint the background above it is. */
const stripHeight = 4;
const faint = 0.05;

/** The distances of ticks of the time axis in seconds, so that they are at round times such as 0:30. */
const wholeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800] as const;

interface Fill {
  color: string;
  alpha: number;
  /** In pixels. */
  leastWidth?: number;
  /** The height in pixels, from the bottom. The whole height without it. */
  height?: number;
}

/** Fills the visible part between two values of the time axis. */
function fill(plot: uPlot, from: number, to: number, { color, alpha, leastWidth = 0, height }: Fill): void {
  const { left: start, top, width, height: whole } = plot.bbox;
  const left = Math.max(start, plot.valToPos(from, 'x', true));
  const right = Math.min(start + width, Math.max(plot.valToPos(to, 'x', true), left + leastWidth));
  if (right <= left) return;
  plot.ctx.save();
  plot.ctx.globalAlpha = alpha;
  plot.ctx.fillStyle = color;
  plot.ctx.fillRect(left, top + whole - (height ?? whole), right - left, height ?? whole);
  plot.ctx.restore();
}

/** Draws a marker above the plot that points at the middle of a moment. */
function drawMarker(plot: uPlot, color: string, { fromS, toS }: MomentMark): void {
  const { ctx } = plot;
  const { left, top, width } = plot.bbox;
  const x = plot.valToPos((fromS + toS) / 2, 'x', true);
  if (x < left || x > left + width) return;
  const size = markerHeight * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x - size / 1.6, top - size);
  ctx.lineTo(x + size / 1.6, top - size);
  ctx.fill();
  ctx.restore();
}

function line(plot: uPlot, color: string, from: [number, number], to: [number, number], dash: number[]): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.restore();
}

/** The colours of text on a plot: the text, and a background that keeps the lines from running through it. */
interface Ink {
  words: string;
  ground: string;
}

function label(plot: uPlot, { words, ground }: Ink, text: string, x: number, y: number): void {
  const { ctx } = plot;
  const pad = 3 * devicePixelRatio;
  const height = 14 * devicePixelRatio;
  ctx.save();
  ctx.font = canvasFont.replace('11px', `${11 * devicePixelRatio}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const width = ctx.measureText(text).width + 2 * pad;
  ctx.fillStyle = ground;
  ctx.fillRect(x - pad, y - height, width, height);
  ctx.fillStyle = words;
  ctx.fillText(text, x, y);
  ctx.restore();
}


/** The colours behind the lines. */
interface Shades {
  failed: string;
  quiet: string;
  moment: string;
}

function drawBehind(plot: uPlot, content: PlotContent, { failed, quiet, moment }: Shades): void {
  const { marks, moments, measuredFromS } = content;
  const from = plot.scales.x?.min ?? 0;
  if (from < measuredFromS) fill(plot, from, measuredFromS, { color: quiet, alpha: shade });
  for (const [start, end] of breachesOf(plot.data, content)) {
    fill(plot, start, end, { color: failed, alpha: faint });
    fill(plot, start, end, { color: failed, alpha: 1, height: stripHeight * devicePixelRatio });
  }
  for (const mark of moments) {
    fill(plot, mark.fromS, mark.toS, { color: moment, alpha: shade, leastWidth: leastBand * devicePixelRatio });
    drawMarker(plot, moment, mark);
  }
  const { top, height } = plot.bbox;
  for (const { t } of marks) {
    const x = plot.valToPos(t, 'x', true);
    line(plot, quiet, [x, top], [x, top + height], [1, 3]);
  }
}

/** Draws the limits, which the legend names, and the names of stages. */
function drawAbove(plot: uPlot, content: PlotContent, color: (token: string) => string, ink: Ink): void {
  const { limits, lines, marks, measuredFromS } = content;
  const { left, top, width } = plot.bbox;
  const gap = 4 * devicePixelRatio;
  for (const { value, lineKey } of limits) {
    const y = plot.valToPos(value, 'y', true);
    const own = lines.find(({ key }) => key === lineKey)?.color ?? 'var(--limit)';
    if (y >= top) line(plot, color(own), [left, y], [left + width, y], limitDash);
  }
  // Labels are drawn after all lines, so that no line crosses them.
  for (const { t, name } of marks)
    label(plot, ink, name, plot.valToPos(t, 'x', true) + gap, top + 14 * devicePixelRatio);
  const from = plot.scales.x?.min ?? 0;
  if (from < measuredFromS)
    label(plot, ink, 'warm-up', plot.valToPos(from, 'x', true) + gap, top + 14 * devicePixelRatio);
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
          points: { show: false },
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
