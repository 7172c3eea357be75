/** The number of texts that are remembered. */
const slots = 1_024;
/** The maximum length of a remembered text, in bytes. Longer texts seldom repeat. */
const maxBytes = 48;

/** Decodes UTF-8 and remembers short texts, because most cells of a log contain one of a few texts. */
export class CellTexts {
  readonly #remembered: string[] = new Array<string>(slots).fill('');

  /** Returns the text of `bytes` from `begin` to `end`. */
  at(bytes: Buffer, begin: number, end: number): string {
    const length = end - begin;
    if (length === 0) return '';
    if (length > maxBytes) return bytes.toString('utf8', begin, end);
    let hash = length;
    let all = 0;
    for (let at = begin; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      hash = (Math.imul(hash, 31) + byte) | 0;
      all |= byte;
    }
    if (all > 0x7f) return bytes.toString('utf8', begin, end);
    const slot = (hash ^ (hash >>> 10)) & (slots - 1);
    const known = this.#remembered[slot] ?? '';
    if (isSame(known, bytes, begin, length)) return known;
    const text = bytes.toString('latin1', begin, end);
    this.#remembered[slot] = text;
    return text;
  }
}

/** Whether an ASCII text has these bytes. */
function isSame(text: string, bytes: Buffer, begin: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let at = 0; at < length; at += 1) if (text.charCodeAt(at) !== bytes[begin + at]) return false;
  return true;
}
