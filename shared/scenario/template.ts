import { secretReference } from '../secrets/reference';

/** What a row of data may hold. */
export type Cell = string | number | boolean;

/** What placeholders are filled from. */
export interface TemplateValues {
  /** The number of the iteration, from 0. */
  iteration: number;
  row: Readonly<Record<string, Cell>>;
  /** What stands for the names of {@link builtInNames} that the row does not have; only of journeys. */
  builtIn?(name: string): Cell;
}

/** The placeholder that is always there. */
const iterationName = 'iteration';
/** What the steps of journeys can refer to without anybody giving it a value. */
export const builtInNames: ReadonlySet<string> = new Set([iterationName, 'vu', 'uuid', 'now', 'random']);
const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}/g;
/** Both kinds: the name of a secret is in the first group, that of another placeholder in the second. */
const anyPlaceholder = new RegExp(`${secretReference.source}|${placeholder.source}`, 'g');
/** A variable of the environment: `{{env.TENANT}}`. Only journeys have it. */
const environmentReference = /\{\{\s*env\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;
/** A column of a data file: `{{users.name}}`. Only journeys have it, and only of files that the scenario names. */
const dataReference = /\{\{\s*(?!(?:secret|env)\.)([A-Za-z_][A-Za-z0-9_-]*)\.([\w-]+(?:\.[\w-]+)*)\s*\}\}/g;
const journeyPlaceholder = new RegExp(
  `${anyPlaceholder.source}|${environmentReference.source}|${dataReference.source}`,
  'g',
);

/** The value of the secret with this name. */
export type SecretOf = (name: string) => string | undefined;
/** The value of the variable of the environment with this name. */
export type EnvironmentOf = (name: string) => string | undefined;

const nothing = (): undefined => undefined;
const noNames: ReadonlySet<string> = new Set();

/** A text with placeholders, taken apart once. */
export interface Template {
  /** Whether there is nothing to fill in. */
  readonly isConstant: boolean;
  fill(values: TemplateValues, encode: (value: string) => string): string;
}

/** Between two pieces of text: the name of a placeholder, or a value that is the same each time. */
type Filling = { before: string } & ({ name: string } | { value: string });

function compile(
  text: string,
  pattern: RegExp,
  secretOf: SecretOf,
  environmentOf: EnvironmentOf = nothing,
  dataFiles = noNames,
): Template {
  const parts: Filling[] = [];
  let end = 0;
  for (const { 0: all, 1: secret, 2: plain, 3: variable, 4: file, 5: column, index } of text.matchAll(pattern)) {
    const value =
      secret === undefined ? (variable === undefined ? undefined : environmentOf(variable)) : secretOf(secret);
    const name = file !== undefined && dataFiles.has(file) ? `${file}.${column}` : plain;
    const before = text.slice(end, index);
    if (value !== undefined) parts.push({ before, value });
    else if (name !== undefined) parts.push({ before, name });
    else continue;
    end = index + all.length;
  }
  const rest = text.slice(end);
  const cellOf = (name: string, { iteration, row, builtIn }: TemplateValues): Cell =>
    name === iterationName ? iteration : (row[name] ?? builtIn?.(name) ?? '');
  return {
    isConstant: parts.every((part) => 'value' in part),
    fill: (values, encode) => {
      let filled = '';
      for (const part of parts)
        filled += part.before + encode('value' in part ? part.value : String(cellOf(part.name, values)));
      return filled + rest;
    },
  };
}

/**
 * Compiles a text with placeholders such as `{{customer}}` or `{{iteration}}`, and secrets such as
 * `{{secret.API_TOKEN}}`. Other braces are text, and so is a secret without a value.
 */
export function compileTemplate(text: string, secretOf: SecretOf = nothing): Template {
  return compile(text, anyPlaceholder, secretOf);
}

/**
 * Compiles a text of a step: beside what {@link compileTemplate} knows it has variables of the environment, and columns
 * of the data files with these names.
 */
export function compileStepTemplate(
  text: string,
  secretOf: SecretOf,
  environmentOf: EnvironmentOf,
  dataFiles?: ReadonlySet<string>,
): Template {
  return compile(text, journeyPlaceholder, secretOf, environmentOf, dataFiles);
}

/** A text whose braces are text, but for those of secrets: the same each time. */
export function constantTemplate(text: string, secretOf: SecretOf = nothing): Template {
  return compile(text, secretReference, secretOf);
}

/** The text with all that is no placeholder changed: what is the same each time is written for its place once. */
export function mapLiterals(text: string, change: (literal: string) => string): string {
  let changed = '';
  let end = 0;
  for (const { 0: all, index } of text.matchAll(journeyPlaceholder)) {
    changed += change(text.slice(end, index)) + all;
    end = index + all.length;
  }
  return changed + change(text.slice(end));
}

/** The names of the placeholders in a text that no row of data gives a value. */
export function unknownPlaceholders(text: string, columns: ReadonlySet<string>): string[] {
  return [...text.matchAll(placeholder)].flatMap(([, name = '']) =>
    name === iterationName || columns.has(name) ? [] : [name],
  );
}

/** The names of the variables of the environment that a text refers to. */
export function environmentNamesIn(text: string): string[] {
  return [...text.matchAll(environmentReference)].map(([, name = '']) => name);
}

/** A column of a data file that a text refers to. */
interface DataReference {
  file: string;
  column: string;
}

/** What in a text looks like a column of a data file; it is one where the scenario has a file of this name. */
export function dataReferencesIn(text: string): DataReference[] {
  return [...text.matchAll(dataReference)].map(([, file = '', column = '']) => ({ file, column }));
}
