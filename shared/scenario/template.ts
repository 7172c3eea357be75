import { secretReference } from '../secrets/reference';

/** The value of a cell in a data row. */
export type Cell = string | number | boolean;

/** The values for placeholders. */
export interface TemplateValues {
  /** The number of the iteration, from 0. */
  iteration: number;
  row: Readonly<Record<string, Cell>>;
  /** Returns the value of a name of {@link builtInNames} that the row does not have. Only journeys set it. */
  builtIn?(name: string): Cell;
}

/** The placeholder that is always available. */
const iterationName = 'iteration';
/** Names that steps of journeys can use without defining a value. */
export const builtInNames: ReadonlySet<string> = new Set([iterationName, 'vu', 'uuid', 'now', 'random']);
const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}/g;
/** Matches secrets, with the name in the first group, and other placeholders, with the name in the second. */
const anyPlaceholder = new RegExp(`${secretReference.source}|${placeholder.source}`, 'g');
/** An environment variable: `{{env.TENANT}}`. Only journeys can use it. */
const environmentReference = /\{\{\s*env\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;
/** A column of a data file: `{{users.name}}`. Only journeys can use it, and only for data files of the scenario. */
const dataReference = /\{\{\s*(?!(?:secret|env)\.)([A-Za-z_][A-Za-z0-9_-]*)\.([\w-]+(?:\.[\w-]+)*)\s*\}\}/g;
const journeyPlaceholder = new RegExp(
  `${anyPlaceholder.source}|${environmentReference.source}|${dataReference.source}`,
  'g',
);

/** Returns the value of a secret by its name. */
export type SecretOf = (name: string) => string | undefined;
/** Returns the value of an environment variable by its name. */
export type EnvironmentOf = (name: string) => string | undefined;

const nothing = (): undefined => undefined;
const noNames: ReadonlySet<string> = new Set();

/** A compiled text with placeholders. */
export interface Template {
  /** Whether there is nothing to fill in. */
  readonly isConstant: boolean;
  fill(values: TemplateValues, encode: (value: string) => string): string;
}

/** A piece of text followed by the name of a placeholder or by a constant value. */
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
 * `{{secret.API_TOKEN}}`. Other braces stay as text, and so does a secret without a value.
 */
export function compileTemplate(text: string, secretOf: SecretOf = nothing): Template {
  return compile(text, anyPlaceholder, secretOf);
}

/**
 * Compiles a text of a step. It extends {@link compileTemplate} with environment variables, and with columns of the
 * named data files.
 */
export function compileStepTemplate(
  text: string,
  secretOf: SecretOf,
  environmentOf: EnvironmentOf,
  dataFiles?: ReadonlySet<string>,
): Template {
  return compile(text, journeyPlaceholder, secretOf, environmentOf, dataFiles);
}

/** Compiles a text in which only secrets are filled in, so that its result is constant. */
export function constantTemplate(text: string, secretOf: SecretOf = nothing): Template {
  return compile(text, secretReference, secretOf);
}

/** Applies `change` to all text outside placeholders, so that constant text is encoded only once. */
export function mapLiterals(text: string, change: (literal: string) => string): string {
  let changed = '';
  let end = 0;
  for (const { 0: all, index } of text.matchAll(journeyPlaceholder)) {
    changed += change(text.slice(end, index)) + all;
    end = index + all.length;
  }
  return changed + change(text.slice(end));
}

/** Returns the names of the placeholders in a text that are not columns of the data. */
export function unknownPlaceholders(text: string, columns: ReadonlySet<string>): string[] {
  return [...text.matchAll(placeholder)].flatMap(([, name = '']) =>
    name === iterationName || columns.has(name) ? [] : [name],
  );
}

/** Returns the names of the environment variables that a text refers to. */
export function environmentNamesIn(text: string): string[] {
  return [...text.matchAll(environmentReference)].map(([, name = '']) => name);
}

/** A reference to a column of a data file. */
interface DataReference {
  file: string;
  column: string;
}

/**
 * Returns the references in a text that have the form of a data column. The scenario may not have a file of that name.
 */
export function dataReferencesIn(text: string): DataReference[] {
  return [...text.matchAll(dataReference)].map(([, file = '', column = '']) => ({ file, column }));
}
