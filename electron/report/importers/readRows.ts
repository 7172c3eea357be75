import { Readable } from 'node:stream';
import { type Options, parse } from 'csv-parse';
import type { ImportFile } from './importFile';

/** The rows of a CSV file (RFC 4180), with the names of its first line as keys unless `columns` names them. */
export async function* readRows(file: ImportFile, columns: Options['columns'] = true): AsyncGenerator<unknown> {
  const parser = parse({
    columns,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 2 ** 20,
  });
  const source = Readable.from(file.chunks());
  source.on('error', (error) => parser.destroy(error));
  try {
    yield* source.pipe(parser);
  } finally {
    source.destroy();
  }
}

/** The names in the first line of a CSV file. */
export function headerOf(head: string): string[] {
  const [first = ''] = head.split(/\r?\n/, 1);
  return first
    .replace(/^\u{FEFF}/u, '')
    .split(',')
    .map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}
