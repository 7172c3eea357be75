import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A program that was killed in mid-write leaves a last line that is cut off: its run is made again.
    return undefined;
  }
}

/**
 * What a long benchmark has measured so far, one line of JSON for each run: one that is started again with the same
 * file leaves out what is there. Without a file it is kept in memory only.
 */
export class Records<Item extends { key: string }> {
  readonly #file: string | undefined;
  readonly #items = new Map<string, Item>();

  /** Throws for a file that holds anything else. */
  constructor(file: string | undefined, schema: z.ZodType<Item>) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const line of lines) {
      const value = parsed(line);
      if (value === undefined) continue;
      const item = schema.parse(value);
      this.#items.set(item.key, item);
    }
    // What comes next begins on a line of its own.
    if (lines.at(-1) !== '') appendFileSync(file, '\n');
  }

  get(key: string): Item | undefined {
    return this.#items.get(key);
  }

  add(item: Item): void {
    this.#items.set(item.key, item);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(item)}\n`);
  }
}
