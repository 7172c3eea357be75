import { secretReference } from '../secrets/reference';

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
/** Both kinds: the name of a secret is in the first group, that of another placeholder in the second. */
const anyPlaceholder = new RegExp(`${secretReference.source}|${placeholder.source}`, 'g');

/** The value of the secret with this name. */
export type SecretOf = (name: string) => string | undefined;

const noSecret: SecretOf = () => undefined;

/** A text with placeholders, taken apart once. */
export interface Template {
  /** Whether there is nothing to fill in. */
  readonly isConstant: boolean;
  fill(values: TemplateValues, encode: (value: string) => string): string;
}

/** Between two pieces of text: the name of a placeholder, or the value of a secret, which is the same each time. */
type Filling = { before: string } & ({ name: string } | { value: string });

function compile(text: string, pattern: RegExp, secretOf: SecretOf): Template {
  const parts: Filling[] = [];
  let end = 0;
  for (const { 0: all, 1: secret, 2: name, index } of text.matchAll(pattern)) {
    const value = secret === undefined ? undefined : secretOf(secret);
    const before = text.slice(end, index);
    if (value !== undefined) parts.push({ before, value });
    else if (name !== undefined) parts.push({ before, name });
    else continue;
    end = index + all.length;
  }
  const rest = text.slice(end);
  return {
    isConstant: parts.every((part) => 'value' in part),
    fill: ({ iteration, row }, encode) => {
      let filled = '';
      for (const part of parts) {
        const filling =
          'value' in part ? part.value : String(part.name === iterationName ? iteration : (row[part.name] ?? ''));
        filled += part.before + encode(filling);
      }
      return filled + rest;
    },
  };
}

/**
 * Compiles a text with placeholders such as `{{customer}}` or `{{iteration}}`, and secrets such as
 * `{{secret.API_TOKEN}}`. Other braces are text, and so is a secret without a value.
 */
export function compileTemplate(text: string, secretOf: SecretOf = noSecret): Template {
  return compile(text, anyPlaceholder, secretOf);
}

/** A text whose braces are text, but for those of secrets: the same each time. */
export function constantTemplate(text: string, secretOf: SecretOf = noSecret): Template {
  return compile(text, secretReference, secretOf);
}

/** The names of the placeholders in a text that no row of data gives a value. */
export function unknownPlaceholders(text: string, columns: ReadonlySet<string>): string[] {
  return [...text.matchAll(placeholder)].flatMap(([, name = '']) =>
    name === iterationName || columns.has(name) ? [] : [name],
  );
}
