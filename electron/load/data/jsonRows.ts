import type { Cell } from '../../../shared/scenario/template';
import { brokenRow } from './dataError';
import { JsonItems, type TextItem } from './jsonItems';
import type { DataRow, RowFile } from './rowFile';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of a row: `name`, or a nested one such as `address.city`. Undefined when there is none. */
function memberOf(row: Readonly<Record<string, unknown>>, column: string): unknown {
  if (Object.hasOwn(row, column)) return row[column];
  let value: unknown = row;
  for (const name of column.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null ? '' : JSON.stringify(value);
}

function rowOf({ text, line }: TextItem, { file, columns }: RowFile): DataRow {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    throw brokenRow(file, line, 'the row is not JSON');
  }
  if (!isObject(row)) throw brokenRow(file, line, 'the row is not an object such as { "name": "ann" }');
  const members = row;
  return columns.map((column) => {
    const value = memberOf(members, column);
    if (value === undefined) throw brokenRow(file, line, `the row has no ${column}`);
    return cellOf(value);
  });
}

/** The lines of NDJSON, without blank lines. */
async function* lines(text: AsyncGenerator<string>): AsyncGenerator<TextItem> {
  let rest = '';
  let line = 0;
  for await (const piece of text) {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      line += 1;
      if (part.trim() !== '') yield { text: part, line };
    }
  }
  if (rest.trim() !== '') yield { text: rest, line: line + 1 };
}

/** The values of a JSON array. */
async function* items(text: AsyncGenerator<string>, file: string): AsyncGenerator<TextItem> {
  const found = new JsonItems(file);
  for await (const piece of text) yield* found.add(piece);
  found.finish();
}

/** The rows of a JSON array of objects, or of lines with one object each (ndjson.org). */
export async function* jsonRows(text: AsyncGenerator<string>, wanted: RowFile): AsyncGenerator<DataRow> {
  const found = wanted.format === 'ndjson' ? lines(text) : items(text, wanted.file);
  for await (const item of found) yield rowOf(item, wanted);
}
