import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { ImportFile } from './importFile';

/** A row of a file of rows, by the names of its columns. */
export type Row = Readonly<Record<string, string | undefined>>;

interface RowOptions {
  /** A comma unless another is given. */
  delimiter?: string;
  /** The names of the columns, of a file whose first line does not have them. */
  columns?: readonly string[];
}

/** Marks the place where the first line of a file comes once more: what follows is another run. */
const nextRun = Symbol('next run');
/** Runs that were written to one file, at most. */
const maxRuns = 100;

/** The rows of a file (RFC 4180), with the names of its first line as keys unless `columns` names them. */
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

/** Whether a row repeats the names of its columns. */
function isHeader(row: Row): boolean {
  for (const name in row) if (row[name]?.trim() !== name) return false;
  return true;
}

/**
 * Reads a file of rows into what `begin` makes of a run: one, or one more each time that the first line comes again, as
 * where the output of several runs was written to one file. All but a single run have rows.
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

/** The first line of a file of rows: the names of its columns, and what stands between them. */
export interface Header {
  names: readonly string[];
  delimiter: string;
}

/** The delimiters of programs and of the spreadsheets of other countries. */
const delimiters = [',', ';', '\t', '|'] as const;

/** Reads the first line that is not empty. */
export function headerOf(head: string): Header {
  const [first = ''] = head.replace(/^\u{FEFF}?\n*/u, '').split('\n', 1);
  const unquoted = first.replace(/"[^"]*"/g, '');
  const [delimiter] = [...delimiters].sort((a, b) => unquoted.split(b).length - unquoted.split(a).length);
  const between = delimiter !== undefined && first.includes(delimiter) ? delimiter : otherDelimiter(first);
  return { names: first.split(between).map((name) => name.trim().replace(/^"(.*)"$/, '$1')), delimiter: between };
}

/** What stands after the first name, for tools that can be told any delimiter. */
function otherDelimiter(line: string): string {
  return /^"?\w+"?([^\w"])/.exec(line)?.[1] ?? ',';
}
