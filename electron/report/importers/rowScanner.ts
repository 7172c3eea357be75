/*
 * Finds rows of cells (RFC 4180) in UTF-8 bytes without copying them. Rows that the careful parser refuses, or reads
 * differently, are left to it.
 */

/** Thrown for rows that the careful parser must read: it reports what is wrong with them, or reads them as intended. */
export class NotPlain extends Error {}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const maxCells = 2_000;

/** Finds the cells of one row at a time, in bytes of UTF-8. */
export class RowScanner {
  /** How many cells the row has; 0 for an empty line. */
  count = 0;
  /** Where each cell of the row begins and ends, without its quotes. */
  readonly begins = new Int32Array(maxCells);
  readonly ends = new Int32Array(maxCells);
  /** 1 for a cell with doubled quotes or Windows line ends, which must be replaced. */
  readonly escaped = new Uint8Array(maxCells);
  readonly #delimiter: number;
  /** 1 for each byte that ends a cell or cannot occur in an unquoted cell. */
  readonly #special = new Uint8Array(256);

  /** `delimiter` is the byte between two cells, an ASCII character. */
  constructor(delimiter: number) {
    this.#delimiter = delimiter;
    for (const byte of [delimiter, quote, lineFeed, carriageReturn]) this.#special[byte] = 1;
  }

  /**
   * Finds the cells of the row that begins at `from`. Returns the beginning of the next row; -1 when the bytes end
   * within the row and are not the last of the file. Throws `NotPlain`.
   */
  next(bytes: Uint8Array, from: number, areLast: boolean): number {
    let at = from;
    let count = 0;
    for (;;) {
      if (count === maxCells) throw new NotPlain('more cells than a row has');
      this.escaped[count] = 0;
      at = bytes[at] === quote ? this.#quoted(bytes, at + 1, count, areLast) : this.#unquoted(bytes, at, count);
      if (at < 0) return -1;
      count += 1;
      if (bytes[at] !== this.#delimiter) break;
      at += 1;
    }
    const isEmptyLine = count === 1 && this.ends[0] === from;
    this.count = isEmptyLine ? 0 : count;
    return lineEndAt(bytes, at, areLast);
  }

  /** Finds the end of a cell that begins at `from` without a quote. */
  #unquoted(bytes: Uint8Array, from: number, cell: number): number {
    const special = this.#special;
    const end = bytes.length;
    let at = from;
    while (at < end && special[bytes[at] ?? 0] === 0) at += 1;
    if (bytes[at] === quote) throw new NotPlain('a quote within a cell');
    this.begins[cell] = from;
    this.ends[cell] = at;
    return at;
  }

  /**
   * Finds the end of a cell whose opening quote stands before `from`. Returns the position after its closing quote; -1
   * as for {@link next}.
   */
  #quoted(bytes: Uint8Array, from: number, cell: number, areLast: boolean): number {
    const end = bytes.length;
    let at = from;
    for (;;) {
      while (at < end && bytes[at] !== quote) {
        if (bytes[at] === carriageReturn) this.escaped[cell] = 1;
        at += 1;
      }
      // The quote at the end of the bytes may be the first of two.
      if (at + 1 >= end && !areLast) return -1;
      if (at >= end) throw new NotPlain('a quote that is not closed');
      if (bytes[at + 1] !== quote) break;
      this.escaped[cell] = 1;
      at += 2;
    }
    this.begins[cell] = from;
    this.ends[cell] = at;
    return at + 1;
  }
}

/**
 * Returns the position after the line end at `at`; -1 when the bytes end within it and are not the last. Throws
 * `NotPlain`.
 */
function lineEndAt(bytes: Uint8Array, at: number, areLast: boolean): number {
  let found = at;
  while (found < bytes.length && bytes[found] === carriageReturn) found += 1;
  if (found < bytes.length) {
    if (bytes[found] !== lineFeed) throw new NotPlain('a byte that belongs to no cell');
    return found + 1;
  }
  if (!areLast) return -1;
  if (found > at) throw new NotPlain('a line end that is not whole');
  return found;
}
