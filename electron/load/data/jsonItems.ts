import { brokenRow } from './dataError';

/** The text of a value in a file, and the line on which it begins, from 1. */
export interface TextItem {
  text: string;
  line: number;
}

/** The maximum length of a row, in characters. A longer row means that a bracket or a quote is not closed. */
const maxItemCharacters = 2 ** 20;

const blank = /^\s*$/;

/**
 * Splits a JSON array that arrives in chunks into its values, each as text with its line. It does not parse the values.
 * JSON.parse does that, faster than streaming parsers, which report no lines.
 */
export class JsonItems {
  readonly #file: string;
  #state: 'before' | 'inside' | 'after' = 'before';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #line = 1;
  #item = '';
  /** 0 while only whitespace has followed the last comma. */
  #itemLine = 0;
  #hasComma = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** The values that end in the next chunk. Throws `data-invalid` when the text is not an array. */
  *add(text: string): Generator<TextItem> {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at] ?? '';
      if (character === '\n') this.#line += 1;
      if (this.#state !== 'inside') {
        from = at + 1;
        this.#outside(character);
        continue;
      }
      if (this.#itemLine === 0 && !blank.test(character)) this.#itemLine = this.#line;
      if (!this.#isBoundary(character)) continue;
      this.#item += text.slice(from, at);
      from = at + 1;
      const item = this.#take(character === ',');
      if (item) yield item;
    }
    this.#item += text.slice(from);
    if (this.#item.length > maxItemCharacters)
      throw brokenRow(this.#file, this.#itemLine, 'the row has more than 1 MB: a bracket or a quote may not be closed');
  }

  /** Call it at the end of the text. Throws `data-invalid` when the array is not closed. */
  finish(): void {
    if (this.#state === 'inside') throw brokenRow(this.#file, this.#line, 'the file ends in the middle of its array');
  }

  #outside(character: string): void {
    if (blank.test(character)) return;
    if (this.#state === 'before' && character === '[') this.#state = 'inside';
    else if (this.#state === 'before')
      throw brokenRow(this.#file, this.#line, 'the file is not a JSON array; a file with one object a line is NDJSON');
    else throw brokenRow(this.#file, this.#line, 'the file goes on after its array');
  }

  /** Whether a character ends a value of the array or the array itself. */
  #isBoundary(character: string): boolean {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
      return false;
    }
    switch (character) {
      case '"':
        this.#isInString = true;
        return false;
      case '{':
      case '[':
        this.#depth += 1;
        return false;
      case '}':
        this.#depth -= 1;
        return false;
      case ']':
        this.#depth -= 1;
        if (this.#depth >= 0) return false;
        this.#state = 'after';
        return true;
      default:
        return character === ',' && this.#depth === 0;
    }
  }

  /** The value that has ended; undefined for an empty array. JSON.parse later rejects a comma without a value. */
  #take(isComma: boolean): TextItem | undefined {
    const [text, line] = [this.#item, this.#itemLine];
    const isEmptyArray = !isComma && !this.#hasComma && blank.test(text);
    this.#item = '';
    this.#itemLine = 0;
    this.#hasComma = isComma;
    return isEmptyArray ? undefined : { text, line: line || this.#line };
  }
}
