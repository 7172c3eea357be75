import { z } from 'zod';

type RecordOfValues = Record<string, unknown>;

/**
 * What the records say in one field: the same value in `all`, one value per record in `each`, or nested records in
 * `of`. `at` lists the positions, from 0, of the records that have the field; without it, every record has it.
 */
interface Column {
  at?: readonly number[] | undefined;
  all?: unknown;
  each?: readonly unknown[] | undefined;
  of?: Record<string, Column> | undefined;
}

const columnSchema: z.ZodType<Column> = z.object({
  at: z.array(z.int()).optional(),
  all: z.unknown().optional(),
  // The schema of the document parses what the columns hold.
  each: z.custom<readonly unknown[]>((value) => Array.isArray(value)).optional(),
  get of() {
    return z.record(z.string(), columnSchema).optional();
  },
});

/** A list of records, stored by field. */
export const columnsSchema = z.object({
  count: z.int().nonnegative().max(1e7),
  fields: z.record(z.string(), columnSchema),
});
export type Columns = z.infer<typeof columnsSchema>;

function isRecord(value: unknown): value is RecordOfValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list of records. */
export function isListOfRecords(value: unknown): value is RecordOfValues[] {
  return Array.isArray(value) && value.every(isRecord);
}

function columnOf(values: readonly unknown[]): Column {
  if (isListOfRecords(values)) return { of: fieldsOf(values) };
  const [first] = values;
  return values.every((value) => value === first) ? { all: first } : { each: values };
}

function fieldsOf(records: readonly RecordOfValues[]): Record<string, Column> {
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  const columns = [...names].map((name) => {
    const at = records.flatMap((record, place) =>
      Object.hasOwn(record, name) && record[name] !== undefined ? place : [],
    );
    const column = columnOf(at.map((place) => records[place]?.[name]));
    return [name, at.length === records.length ? column : { at, ...column }] as const;
  });
  return Object.fromEntries(columns);
}

function valuesOf({ all, each, of }: Column, count: number): readonly unknown[] {
  if (of) return recordsOf(of, count);
  if (!each) return new Array<unknown>(count).fill(all);
  if (each.length === count) return each;
  throw new TypeError('a column does not fit its records');
}

function recordsOf(fields: Record<string, Column>, count: number): RecordOfValues[] {
  const records = Array.from({ length: count }, (): [string, unknown][] => []);
  for (const [name, column] of Object.entries(fields)) {
    const { at } = column;
    const values = valuesOf(column, at?.length ?? count);
    for (const [place, value] of values.entries()) {
      const record = records[at ? (at[place] ?? -1) : place];
      if (!record) throw new TypeError('a column does not fit its records');
      record.push([name, value]);
    }
  }
  return records.map((entries) => Object.fromEntries(entries));
}

/**
 * Stores records by field, so that equal and similar values stand together and compress well. It keeps everything that
 * JSON keeps, except the order of the fields.
 */
export function toColumns(records: readonly RecordOfValues[]): Columns {
  return { count: records.length, fields: fieldsOf(records) };
}

/** Restores the records that {@link toColumns} was given. Throws TypeError when the columns do not fit together. */
export function fromColumns({ count, fields }: Columns): RecordOfValues[] {
  return recordsOf(fields, count);
}
