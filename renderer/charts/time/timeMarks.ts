import type uPlot from 'uplot';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import { canvasFont } from '../plot/canvas';
import { breachesOf } from './breaches';
import type { PlotContent } from './plotContent';

/* What is drawn on a plot besides its lines: the warm-up, breaches, moments, limits and stages. */

const shade = 0.12;
/** Dots and gaps of a limit, in pixels. */
export const limitDash = [2, 4];
/** The minimum width of a band and the height of its marker, in pixels. */
const leastBand = 2;
const markerHeight = 7;
/** The height of the strip that marks seconds above a limit, in pixels, and how faint the background above it is. */
const stripHeight = 4;
const faint = 0.05;

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
export interface Shades {
  failed: string;
  quiet: string;
  moment: string;
}

/** Draws the backgrounds of seconds, and the pointers of moments. */
export function drawBehind(plot: uPlot, content: PlotContent, { failed, quiet, moment }: Shades): void {
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
export function drawAbove(plot: uPlot, content: PlotContent, color: (token: string) => string, ink: Ink): void {
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
