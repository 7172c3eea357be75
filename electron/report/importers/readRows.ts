import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { ImportFile } from './importFile';

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, string | undefined>>;

interface RowOptions {
  /** A comma by default. */
  delimiter?: string;
  /** The names of the columns, when the file has no header. */
  columns?: readonly string[];
}

/** Marks a repeated header: another run follows. */
const nextRun = Symbol('next run');
/** The most runs that are read from one file. */
const maxRuns = 100;

/** Yields the rows of a file (RFC 4180). The header gives the keys, unless `columns` does. */
async function* rowsOf(
  file: ImportFile,
  { delimiter = ',', columns }: RowOptions = {},
): AsyncGenerator<Row | typeof nextRun> {
  const parser = parse({
    columns: columns ? [...columns] : (names: string[]) => names.map((name) => name.trim()),
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 2 ** 20,
  });
  const source = Readable.from(file.chunks());
  source.on('error', (error) => parser.destroy(error));
  try {
    const rows: AsyncIterable<unknown> = source.pipe(parser);
    for await (const row of rows) if (isRow(row)) yield isHeader(row) ? nextRun : row;
  } finally {
    source.destroy();
  }
}

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}

/** Whether a row repeats the header. */
function isHeader(row: Row): boolean {
  for (const name in row) if (row[name]?.trim() !== name) return false;
  return true;
}

/**
 * Reads a file of rows into runs that `begin` creates. A repeated header starts another run, as when several runs wrote
 * to one file. A run without rows counts only when it is the only one.
 */
export async function readRuns<Run>(
  file: ImportFile,
  options: RowOptions,
  begin: () => Run,
  add: (run: Run, row: Row) => void,
): Promise<Run[]> {
  const runs = [begin()];
  let isEmpty = true;
  for await (const row of rowsOf(file, options)) {
    if (row === nextRun) {
      if (!isEmpty) runs.push(begin());
      if (runs.length > maxRuns) throw new RangeError(`more than ${maxRuns} runs are in it`);
      isEmpty = true;
      continue;
    }
    const run = runs.at(-1);
    if (run) add(run, row);
    isEmpty = false;
  }
  if (isEmpty && runs.length > 1) runs.pop();
  return runs;
}

/** The header of a file of rows: the names of its columns, and the delimiter. */
export interface Header {
  names: readonly string[];
  delimiter: string;
}

/** The delimiters of programs, and of spreadsheets in other countries. */
const delimiters = [',', ';', '\t', '|'] as const;

/** Reads the header from the first line that is not empty. */
export function headerOf(head: string): Header {
  const [first = ''] = head.replace(/^\u{FEFF}?\n*/u, '').split('\n', 1);
  const unquoted = first.replace(/"[^"]*"/g, '');
  const [delimiter] = [...delimiters].sort((a, b) => unquoted.split(b).length - unquoted.split(a).length);
  const between = delimiter !== undefined && first.includes(delimiter) ? delimiter : otherDelimiter(first);
  return { names: first.split(between).map((name) => name.trim().replace(/^"(.*)"$/, '$1')), delimiter: between };
}

/** Returns what follows the first name, for tools whose delimiter can be any text. */
function otherDelimiter(line: string): string {
  return /^"?\w+"?([^\w"])/.exec(line)?.[1] ?? ',';
}
