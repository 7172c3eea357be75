import uPlot from 'uplot';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { canvasFont, resolveColor } from '../plot/canvas';
import type { LinePlotProps, PlotLine } from '../plot/linePlot';

/** A line over time. */
export interface TimeLine extends PlotLine {
  /** The other line of a filled band. */
  bandTo?: string;
}

/** A horizontal line at a limit. Where its line is above the limit, the background is shaded. */
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
/** The minimum width of a band and the height of its marker, in pixels. */
const leastBand = 2;
const markerHeight = 7;

/** Fills the visible part between two values of the time axis. */
function fill(plot: uPlot, color: string, from: number, to: number, leastWidth = 0): void {
  const { left: start, top, width, height } = plot.bbox;
  const left = Math.max(start, plot.valToPos(from, 'x', true));
  const right = Math.min(start + width, Math.max(plot.valToPos(to, 'x', true), left + leastWidth));
  if (right <= left) return;
  plot.ctx.save();
  plot.ctx.globalAlpha = shade;
  plot.ctx.fillStyle = color;
  plot.ctx.fillRect(left, top, right - left, height);
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

function label(plot: uPlot, { words, ground }: Ink, text: string, x: number, y: number, align: 'left' | 'right'): void {
  const { ctx } = plot;
  const pad = 3 * devicePixelRatio;
  const height = 14 * devicePixelRatio;
  ctx.save();
  ctx.font = canvasFont.replace('11px', `${11 * devicePixelRatio}px`);
  ctx.textAlign = align;
  ctx.textBaseline = 'bottom';
  const width = ctx.measureText(text).width + 2 * pad;
  ctx.fillStyle = ground;
  ctx.fillRect(align === 'left' ? x - pad : x - width + pad, y - height, width, height);
  ctx.fillStyle = words;
  ctx.fillText(text, x, y);
  ctx.restore();
}

/** The ranges of measured seconds in which a line is above its limit. */
function breachesOf(
  plot: uPlot,
  { value, lineKey }: LimitLine,
  { lines, measuredFromS }: PlotContent,
): [number, number][] {
  const place = lines.findIndex(({ key }) => key === lineKey) + 1;
  const [seconds = [], values] = [plot.data[0], plot.data[place]];
  if (place === 0 || !values) return [];
  const breaches: [number, number][] = [];
  seconds.forEach((second, index) => {
    const measured = values[index];
    if (second <= measuredFromS || typeof measured !== 'number' || measured <= value) return;
    const [from, to] = [seconds[index - 1] ?? second - 1, second];
    const before = breaches.at(-1);
    if (before?.[1] === from) before[1] = to;
    else breaches.push([from, to]);
  });
  return breaches;
}

/** The colours behind the lines. */
interface Shades {
  failed: string;
  quiet: string;
  moment: string;
}

function drawBehind(plot: uPlot, content: PlotContent, { failed, quiet, moment }: Shades): void {
  const { limits, marks, moments, measuredFromS } = content;
  const from = plot.scales.x?.min ?? 0;
  if (from < measuredFromS) fill(plot, quiet, from, measuredFromS);
  for (const limit of limits)
    for (const [start, end] of breachesOf(plot, limit, content)) fill(plot, failed, start, end);
  for (const mark of moments) {
    fill(plot, moment, mark.fromS, mark.toS, leastBand * devicePixelRatio);
    drawMarker(plot, moment, mark);
  }
  const { top, height } = plot.bbox;
  for (const { t } of marks) {
    const x = plot.valToPos(t, 'x', true);
    line(plot, quiet, [x, top], [x, top + height], [1, 3]);
  }
}

function drawAbove(plot: uPlot, { limits, marks, measuredFromS }: PlotContent, limitColor: string, ink: Ink): void {
  const { left, top, width } = plot.bbox;
  const gap = 4 * devicePixelRatio;
  const shown = limits
    .map((limit) => ({ ...limit, y: plot.valToPos(limit.value, 'y', true) }))
    .filter(({ y }) => y >= top);
  for (const { y } of shown) line(plot, limitColor, [left, y], [left + width, y], [2, 4]);
  // Labels are drawn after all lines, so that no line crosses them.
  shown.forEach(({ y, label: name }, index) => {
    // Two limits can be close together, so their labels are at opposite ends.
    if (index % 2 === 0) label(plot, ink, name, left + gap, y - 2, 'left');
    else label(plot, ink, name, left + width - gap, y - 2, 'right');
  });
  for (const { t, name } of marks)
    label(plot, ink, name, plot.valToPos(t, 'x', true) + gap, top + 14 * devicePixelRatio, 'left');
  const from = plot.scales.x?.min ?? 0;
  if (from < measuredFromS)
    label(plot, ink, 'warm-up', plot.valToPos(from, 'x', true) + gap, top + 14 * devicePixelRatio, 'left');
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
  const limitColor = color('var(--limit)');
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
        draw: [(plot) => drawAbove(plot, content, limitColor, { words: quiet, ground })],
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
