/** A small chart of lines over the seconds of a run. */
export interface MermaidChart {
  title: string;
  /** The value axis, with its unit: `ms`. */
  unit: string;
  endS: number;
  /** Each line has one value for each stretch of the same length; null is a gap. */
  lines: readonly (readonly (number | null)[])[];
}

/** A text between quotes of Mermaid, which has no way to write a quote in it. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}

/** Mermaid draws no gaps: a line goes on at the value before a gap, or begins at the first value after it. */
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
 * A chart as a block of Mermaid (`xychart-beta`), which GitHub and GitLab draw as SVG. Pictures in a Markdown text can't
 * be: GitHub removes `svg` elements, and images whose source is data (github/markup). Undefined where nothing is known.
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
