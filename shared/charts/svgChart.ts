import { escapeXml } from './escapeXml';

/** A line of a chart; null is a gap. */
export interface SvgLine {
  name: string;
  color: string;
  dashed?: boolean;
  points: readonly (readonly [x: number, y: number | null])[];
}

/** A marked range of the horizontal axis. `title` is shown under the pointer. */
export interface SvgBand {
  from: number;
  to: number;
  title: string;
}

export interface SvgChart {
  title: string;
  lines: readonly SvgLine[];
  /** The start of the axis, by default 0, and its end. */
  xStart?: number;
  xEnd: number;
  /** The ticks of the axes with their labels. */
  xTicks: readonly (readonly [at: number, label: string])[];
  yTicks: readonly (readonly [at: number, label: string])[];
  /** Horizontal lines at limits. */
  limits?: readonly (readonly [at: number, label: string])[];
  /** Marked ranges of the horizontal axis with their reasons. */
  bands?: readonly SvgBand[];
}

const width = 640;
const height = 240;
const left = 72;
const right = 12;
const top = 12;
const bottom = 28;

function pathOf(points: SvgLine['points'], x: (value: number) => number, y: (value: number) => number): string {
  let path = '';
  let pen = 'M';
  for (const [at, value] of points) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

/** Colours of everything except lines. */
export interface SvgColors {
  background: string;
  text: string;
  grid: string;
  limit: string;
  band: string;
}

/** For paper, and for pages that restyle the classes `grid` and `limit`. */
const paper: SvgColors = {
  background: '#ffffff',
  text: '#566173',
  grid: '#d7dce3',
  limit: '#c0362c',
  band: '#6d31c2',
};

/** The minimum width of a band, and the height of the pointer above it. */
const leastBand = 2;
const pointerHeight = 6;

function text(x: number, y: number, anchor: 'start' | 'middle' | 'end', label: string, fill: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="11" fill="${fill}">${escapeXml(label)}</text>`;
}

/** Draws axes, lines and limits, without title and legend. */
function plot(
  { lines, xStart = 0, xEnd, xTicks, yTicks, limits = [], bands = [] }: SvgChart,
  colors: SvgColors,
): string {
  const yEnd = yTicks.at(-1)?.[0] || 1;
  const length = xEnd - xStart || 1;
  const x = (value: number): number => left + ((value - xStart) / length) * (width - left - right);
  const y = (value: number): number => height - bottom - (Math.min(value, yEnd) / yEnd) * (height - top - bottom);
  const across = (kind: 'grid' | 'limit', value: number): string =>
    `<line class="${kind}" x1="${left}" x2="${width - right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="${colors[kind]}"${kind === 'limit' ? ' stroke-dasharray="2 4"' : ''}/>`;
  const grid = yTicks.map(
    ([value, label]) => across('grid', value) + text(left - 8, y(value) + 4, 'end', label, colors.text),
  );
  const below = xTicks.map(([value, label]) => text(x(value), height - 8, 'middle', label, colors.text));
  const bounds = limits.map(([value, label], index) => {
    // Two limits may be close together, so their names are at opposite ends.
    const [at, anchor] = index % 2 === 0 ? ([left + 4, 'start'] as const) : ([width - right - 4, 'end'] as const);
    return across('limit', value) + text(at, y(value) - 4, anchor, label, colors.text);
  });
  const drawn = lines.map(
    ({ color, dashed, points }) =>
      `<path d="${pathOf(points, x, y)}" fill="none" stroke="${color}" stroke-width="1.8"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`,
  );
  const marked = bands.flatMap(({ from, to, title }) => {
    const [start, end] = [x(Math.max(xStart, from)), x(Math.min(xEnd, to))];
    if (end < start) return [];
    const wide = Math.max(leastBand, end - start);
    const [middle, above] = [start + wide / 2, top - pointerHeight];
    const pointer = `M${middle.toFixed(1)} ${top}l-4 -${pointerHeight}h8z`;
    return `<g fill="${colors.band}"><title>${escapeXml(title)}</title><rect x="${start.toFixed(1)}" y="${above}" width="${wide.toFixed(1)}" height="${height - bottom - above}" fill-opacity="0.14"/><path d="${pointer}"/></g>`;
  });
  return [...grid, ...below, ...marked, ...drawn, ...bounds].join('');
}

/** Returns a chart as a figure of a self-contained page, with a legend under the title. */
export function svgFigure(chart: SvgChart): string {
  const { title, lines } = chart;
  const legend = lines
    .map(
      ({ name, color, dashed }) =>
        `<span><i style="border-top:2px ${dashed ? 'dashed' : 'solid'} ${color}"></i>${escapeXml(name)}</span>`,
    )
    .join('');
  return `<figure><figcaption><b>${escapeXml(title)}</b>${legend}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">${plot(chart, paper)}</svg></figure>`;
}

const headHeight = 28;
const letterWidth = 6.2;

/** Returns a chart as a separate image, with title and legend. */
export function svgPicture(chart: SvgChart, colors: SvgColors): { svg: string; width: number; height: number } {
  const { title, lines } = chart;
  let at = left + title.length * (letterWidth + 1.4);
  const legend = lines.map(({ name, color, dashed }) => {
    const from = at;
    at += 30 + name.length * letterWidth;
    return `<line x1="${from}" x2="${from + 16}" y1="15" y2="15" stroke="${color}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ''}/>${text(from + 20, 19, 'start', name, colors.text)}`;
  });
  const whole = height + headHeight;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" font-family="Inter, sans-serif"><rect width="${width}" height="${whole}" fill="${colors.background}"/><text x="8" y="19" font-size="13" font-weight="600" fill="${colors.text}">${escapeXml(title)}</text>${legend.join('')}<g transform="translate(0 ${headHeight})">${plot(chart, colors)}</g></svg>`;
  return { svg, width, height: whole };
}
