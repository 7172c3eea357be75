/** A small chart of lines over the seconds of a run. */
export interface MermaidChart {
  title: string;
  /** The value axis, with its unit: `ms`. */
  unit: string;
  endS: number;
  /** The values of each line at equal distances over the run; null is a gap. */
  lines: readonly (readonly (number | null)[])[];
}

/** Quotes a text for Mermaid, in which a quoted text cannot contain a quote. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}

/** Fills gaps, which Mermaid cannot draw: with the value before the gap, or at the beginning with the first value. */
function withoutGaps(values: readonly (number | null)[]): number[] {
  let last = values.find((value) => value !== null) ?? 0;
  return values.map((value) => {
    last = value ?? last;
    return last;
  });
}

function numbers(values: readonly number[]): string {
  return values.map((value) => Number(value.toPrecision(4))).join(', ');
}

/**
 * Returns a chart as a Mermaid block (`xychart-beta`), which GitHub and GitLab draw as SVG. A Markdown text cannot
 * contain pictures: GitHub removes `svg` elements and images with data URLs (github/markup). Undefined where nothing is
 * known.
 */
export function mermaidChart({ title, unit, endS, lines }: MermaidChart): string | undefined {
  const known = lines.filter((values) => values.some((value) => value !== null));
  const values = known.map(withoutGaps);
  if (values.length === 0) return undefined;
  const top = Math.max(...values.flat());
  return [
    '```mermaid',
    'xychart-beta',
    `    title ${quoted(title)}`,
    `    x-axis "s" 0 --> ${endS}`,
    `    y-axis ${quoted(unit)} 0 --> ${numbers([top > 0 ? top * 1.05 : 1])}`,
    ...values.map((line) => `    line [${numbers(line)}]`),
    '```',
  ].join('\n');
}
