import { z } from 'zod';
import type { Row } from './rows';

/** The maximum number of remembered texts: a column in which all cells differ would fill the memory. */
const maxRemembered = 10_000;

/**
 * Reads the cells of one column by a schema. Each text is parsed only once, because most columns of a log have few
 * texts.
 */
export class CellReader<Value> {
  readonly #name: string;
  readonly #schema: z.ZodType<Value>;
  readonly #remembered = new Map<string | undefined, { value: Value }>();

  constructor(name: string, schema: z.ZodType<Value>) {
    this.#name = name;
    this.#schema = schema;
  }

  /** Returns the value in a row. Throws a ZodError that names the column. */
  of(row: Row): Value {
    const text = row[this.#name];
    const known = this.#remembered.get(text);
    if (known) return known.value;
    const { data: value, error } = this.#schema.safeParse(text);
    if (error) throw new z.ZodError(error.issues.map((issue) => ({ ...issue, path: [this.#name, ...issue.path] })));
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear();
    this.#remembered.set(text, { value });
    return value;
  }
}
