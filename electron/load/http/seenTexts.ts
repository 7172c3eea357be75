/** Whether `bytes[from..to)` are the characters of `text` in Latin-1. */
function spells(text: string, bytes: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}

/**
 * Turns bytes of headers into text. Servers send the same few names and values in every response, so the texts are
 * kept: a text that was seen before is found by its bytes and allocates nothing.
 */
export class SeenTexts {
  readonly #max: number;
  readonly #texts: string[] = [];

  /** Keeps up to `max` texts. They are so few that a linear search finds one. */
  constructor(max: number) {
    this.#max = max;
  }

  /** The text of `bytes[from..to)` in Latin-1. */
  of(bytes: Buffer, from: number, to: number): string {
    for (const text of this.#texts) if (spells(text, bytes, from, to)) return text;
    const text = bytes.toString('latin1', from, to);
    if (this.#texts.length < this.#max) this.#texts.push(text);
    return text;
  }
}
