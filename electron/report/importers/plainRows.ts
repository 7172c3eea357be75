import { CellTexts } from './cellTexts';
import type { ImportFile } from './importFile';
import { maxRowBytes, readBlocks } from './readBlocks';
import { NotPlain, RowScanner } from './rowScanner';
import type { RowOptions, RowSink } from './rows';

/** A wanted column, and its index among the cells. */
interface Column {
  name: string;
  place: number;
}

/** Turns the cells of rows into texts, keyed by the names of their columns. */
class PlainRows {
  readonly #scanner: RowScanner;
  readonly #texts = new CellTexts();
  readonly #sink: RowSink;
  readonly #wanted: ReadonlySet<string> | undefined;
  #names: readonly string[] | undefined;
  #columns: readonly Column[] = [];

  constructor(delimiter: number, { columns, wanted }: RowOptions, sink: RowSink) {
    this.#scanner = new RowScanner(delimiter);
    this.#sink = sink;
    this.#wanted = wanted && new Set(wanted);
    if (columns) this.#nameColumns(columns);
  }

  /** Reads the complete rows at the beginning of `block`. Returns their length in bytes. Throws `NotPlain`. */
  use(block: Buffer, isLast: boolean): number {
    let from = 0;
    while (from < block.length) {
      const next = this.#scanner.next(block, from, isLast);
      if (next < 0) break;
      if (next - from > maxRowBytes) throw new NotPlain('a row of more than a mebibyte');
      from = next;
      if (this.#scanner.count > 0) this.#use(block);
    }
    return from;
  }

  #use(block: Buffer): void {
    if (!this.#names) {
      const cells = Array.from({ length: this.#scanner.count }, (_, place) => this.#text(block, place).trim());
      this.#nameColumns(cells);
      return;
    }
    if (this.#isHeader(block, this.#names)) {
      this.#sink.header();
      return;
    }
    const row: Record<string, string> = {};
    for (const { name, place } of this.#columns) if (place < this.#scanner.count) row[name] = this.#text(block, place);
    this.#sink.row(row);
  }

  #nameColumns(names: readonly string[]): void {
    // Of two columns with the same name the last one counts, and `__proto__` cannot be a key. The careful reader
    // handles such rare files.
    if (new Set(names).size < names.length || names.includes('__proto__'))
      throw new NotPlain('names that are not plain');
    this.#names = names;
    this.#columns = names.flatMap((name, place) => (this.#wanted?.has(name) === false ? [] : [{ name, place }]));
  }

  /** Whether the row repeats the header, as far as it has cells. */
  #isHeader(block: Buffer, names: readonly string[]): boolean {
    const first = block[this.#scanner.begins[0] ?? 0] ?? 0;
    // The first byte decides for most rows. White space is trimmed, in ASCII and beyond, so such a byte does not
    // decide.
    if (first > 0x20 && first < 0x80 && first !== names[0]?.charCodeAt(0)) return false;
    const count = Math.min(this.#scanner.count, names.length);
    for (let place = 0; place < count; place += 1) if (this.#text(block, place).trim() !== names[place]) return false;
    return true;
  }

  #text(block: Buffer, place: number): string {
    const { begins, ends, escaped } = this.#scanner;
    const text = this.#texts.at(block, begins[place] ?? 0, ends[place] ?? 0);
    return escaped[place] === 1 ? text.replace(/\r+\n/g, '\n').replaceAll('""', '"') : text;
  }
}

/**
 * Reads the rows of a UTF-8 file with an ASCII character as its delimiter and quotes as in RFC 4180. Resolves with
 * false when the file has other rows; the sink may have received some rows before. Rejects with errors that the sink
 * throws.
 */
export async function readPlainRows(file: ImportFile, options: RowOptions, sink: RowSink): Promise<boolean> {
  const { delimiter = ',' } = options;
  const byte = delimiter.charCodeAt(0);
  if (delimiter.length !== 1 || byte > 0x7f || delimiter === '"') return false;
  try {
    const rows = new PlainRows(byte, options, sink);
    return await readBlocks(file, (block, isLast) => rows.use(block, isLast));
  } catch (error) {
    if (error instanceof NotPlain) return false;
    throw error;
  }
}
