/** What a row of data may hold. */
export type Cell = string | number | boolean;

/** What placeholders are filled from. */
export interface TemplateValues {
  /** The number of the iteration, from 0. */
  iteration: number;
  row: Readonly<Record<string, Cell>>;
}

/** The placeholder that is always there. */
const iterationName = 'iteration';
const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}/g;

/** A text with placeholders, taken apart once. */
export interface Template {
  /** Whether there is nothing to fill in. */
  readonly isConstant: boolean;
  fill(values: TemplateValues, encode: (value: string) => string): string;
}

/** Compiles a text with placeholders such as `{{customer}}` or `{{iteration}}`. Other braces are text. */
export function compileTemplate(text: string): Template {
  const parts: { before: string; name: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    parts.push({ before: text.slice(end, match.index), name: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  const rest = text.slice(end);
  return {
    isConstant: parts.length === 0,
    fill: ({ iteration, row }, encode) => {
      let filled = '';
      for (const { before, name } of parts)
        filled += before + encode(String(name === iterationName ? iteration : (row[name] ?? '')));
      return filled + rest;
    },
  };
}

/** A text that stays as it is, whatever braces it has. */
export function constantTemplate(text: string): Template {
  return { isConstant: true, fill: () => text };
}

/** The names of the placeholders in a text that no row of data gives a value. */
export function unknownPlaceholders(text: string, columns: ReadonlySet<string>): string[] {
  return [...text.matchAll(placeholder)].flatMap(([, name = '']) =>
    name === iterationName || columns.has(name) ? [] : [name],
  );
}
