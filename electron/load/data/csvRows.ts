import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { brokenRow, dataError } from './dataError';
import type { DataRow, RowFile } from './rowFile';

/** The error of csv-parse for a row that it can't read. */
const csvErrorSchema = z.object({ code: z.string(), lines: z.number() });

const problems: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'the row has another number of cells than the first line',
  CSV_RECORD_INCONSISTENT_COLUMNS: 'the row has another number of cells than the first line',
  CSV_QUOTE_NOT_CLOSED: 'a quote that was opened before is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'after a closing quote comes neither a delimiter nor the end of the line',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a cell that does not begin with one',
  CSV_MAX_RECORD_SIZE: 'the row has more than 1 MB: a quote may not be closed',
};

/** The maximum length of a row, in characters. A longer row means that a quote is not closed. */
const maxRowCharacters = 2 ** 20;
const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter of the first line. In many countries, spreadsheets write a semicolon. */
function delimiterOf(head: string): string {
  const [first = ''] = head.replace(/^\s+/, '').split(/\r?\n/, 1);
  const unquoted = first.replace(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => unquoted.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The name of a column as placeholders write it: `First Name` becomes `First_Name`. */
function placeholderForm(name: string): string {
  return name.replace(/[^\w.-]+/g, '_');
}

/** The positions of the wanted columns in a row. Throws `data-invalid` for a column that is missing or occurs twice. */
function placesOf(header: readonly string[], { file, columns }: RowFile): number[] {
  const names = header.map((name) => name.trim());
  return columns.map((column) => {
    const places = names.flatMap((name, place) => (name === column || placeholderForm(name) === column ? [place] : []));
    const [place, other] = places;
    if (place === undefined)
      throw dataError(
        file,
        `has no column ${column}; the first line has ${names.slice(0, 20).join(', ')}`,
        'correct the placeholder, or the first line of the file',
      );
    if (other !== undefined)
      throw dataError(file, `has two columns ${column}`, 'give one of them another name in the first line');
    return place;
  });
}

function isCells(row: unknown): row is string[] {
  return Array.isArray(row);
}

async function* withFirst(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** The rows of CSV (RFC 4180). The first line names the columns. */
export async function* csvRows(text: AsyncGenerator<string>, wanted: RowFile): AsyncGenerator<DataRow> {
  const { value: head } = await text.next();
  if (typeof head !== 'string') return;
  // The parser counts a CRLF inside a cell as two lines.
  let countedTwice = 0;
  const parser = parse({
    delimiter: wanted.delimiter ?? delimiterOf(head),
    skip_empty_lines: true,
    max_record_size: maxRowCharacters,
    on_record: (row: string[]) => {
      for (const cell of row) if (cell.includes('\r\n')) countedTwice += cell.split('\r\n').length - 1;
      return row;
    },
  });
  const source = Readable.from(withFirst(head, text));
  source.on('error', (error) => parser.destroy(error));
  let places: readonly number[] | undefined;
  try {
    const rows: AsyncIterable<unknown> = source.pipe(parser);
    for await (const row of rows) {
      if (!isCells(row)) continue;
      if (places) yield places.map((place) => row[place] ?? '');
      else places = placesOf(row, wanted);
    }
  } catch (error) {
    const known = csvErrorSchema.safeParse(error).data;
    if (!known) throw error;
    throw brokenRow(wanted.file, known.lines - countedTwice, problems[known.code] ?? 'the row is not CSV');
  } finally {
    source.destroy();
    parser.destroy();
  }
}
