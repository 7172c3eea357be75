import { escapeXml } from './escapeXml';

/** A line of a chart; null is a gap. */
export interface SvgLine {
  name: string;
  color: string;
  dashed?: boolean;
  points: readonly (readonly [x: number, y: number | null])[];
}

export interface SvgChart {
  title: string;
  lines: readonly SvgLine[];
  /** Where the axes end; from 0. */
  xEnd: number;
  /** Ticks of the axes with their labels. */
  xTicks: readonly (readonly [at: number, label: string])[];
  yTicks: readonly (readonly [at: number, label: string])[];
  /** Horizontal lines at limits. */
  limits?: readonly (readonly [at: number, label: string])[];
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

/** Lines over an axis as SVG, with a legend under the title: for documents that stand alone. */
export function svgChart({ title, lines, xEnd, xTicks, yTicks, limits = [] }: SvgChart): string {
  const yEnd = yTicks.at(-1)?.[0] || 1;
  const x = (value: number): number => left + (value / (xEnd || 1)) * (width - left - right);
  const y = (value: number): number => height - bottom - (Math.min(value, yEnd) / yEnd) * (height - top - bottom);
  const text = (at: readonly [number, number], anchor: string, label: string): string =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}">${escapeXml(label)}</text>`;
  const grid = yTicks.map(
    ([value, label]) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}"/>${text([left - 8, y(value) + 4], 'end', label)}`,
  );
  const below = xTicks.map(([value, label]) => text([x(value), height - 8], 'middle', label));
  const bounds = limits.map(([value, label], index) => {
    // Two limits may lie close together: their names stand at opposite ends.
    const [at, anchor] = index % 2 === 0 ? ([left + 4, 'start'] as const) : ([width - right - 4, 'end'] as const);
    return `<line class="limit" x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}"/>${text([at, y(value) - 4], anchor, label)}`;
  });
  const drawn = lines.map(
    ({ color, dashed, points }) =>
      `<path d="${pathOf(points, x, y)}" fill="none" stroke="${color}" stroke-width="1.8"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`,
  );
  const legend = lines
    .map(
      ({ name, color, dashed }) =>
        `<span><i style="border-top:2px ${dashed ? 'dashed' : 'solid'} ${color}"></i>${escapeXml(name)}</span>`,
    )
    .join('');
  return `<figure><figcaption><b>${escapeXml(title)}</b>${legend}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">${[...grid, ...below, ...drawn, ...bounds].join('')}</svg></figure>`;
}
