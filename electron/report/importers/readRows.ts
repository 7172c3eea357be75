import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { ImportFile } from './importFile';
import { readPlainRows } from './plainRows';
import type { Row, RowOptions, RowSink } from './rows';

/** The maximum number of runs in one file. */
const maxRuns = 100;

/**
 * Reads the rows of a file (RFC 4180) in any encoding and with any delimiter. Rejects with the error of malformed rows.
 */
export async function readRowsWithCare(
  file: ImportFile,
  { delimiter = ',', columns }: RowOptions,
  sink: RowSink,
): Promise<void> {
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
    for await (const row of rows)
      if (isRow(row)) {
        if (isHeader(row)) sink.header();
        else sink.row(row);
      }
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

/** The runs in the rows of a file. */
class Runs<Run> implements RowSink {
  readonly #begin: () => Run;
  readonly #add: (run: Run, row: Row) => void;
  readonly #before: Run[] = [];
  #run: Run;
  #isEmpty = true;

  constructor(begin: () => Run, add: (run: Run, row: Row) => void) {
    this.#begin = begin;
    this.#add = add;
    this.#run = begin();
  }

  row(row: Row): void {
    this.#add(this.#run, row);
    this.#isEmpty = false;
  }

  header(): void {
    if (this.#isEmpty) return;
    if (this.#before.push(this.#run) >= maxRuns) throw new RangeError(`it has more than ${maxRuns} runs`);
    this.#run = this.#begin();
    this.#isEmpty = true;
  }

  /** Returns all runs. A run without rows counts only when it is the only one. */
  all(): Run[] {
    return this.#isEmpty && this.#before.length > 0 ? this.#before : [...this.#before, this.#run];
  }
}

/**
 * Reads a file of rows into runs that `begin` creates. A repeated header starts another run, as when several runs wrote
 * to one file. A run without rows counts only when it is the only one. The fast reader reads plain rows. A file with
 * other rows is read again from its beginning by the careful reader (docs/adr/039).
 */
export async function readRuns<Run>(
  file: ImportFile,
  options: RowOptions,
  begin: () => Run,
  add: (run: Run, row: Row) => void,
): Promise<Run[]> {
  const plain = new Runs(begin, add);
  if (await readPlainRows(file, options, plain)) return plain.all();
  const runs = new Runs(begin, add);
  await readRowsWithCare(file, options, runs);
  return runs.all();
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
