/* Bruno files (docs.usebruno.com/bru-lang) consist of blocks of pairs, text or lists. */

/** A block with the lines between its braces. */
export interface BruBlock {
  name: string;
  lines: readonly string[];
}

/** A pair of a block. Disabled pairs, which begin with `~`, are left out. */
export interface BruPair {
  name: string;
  value: string;
}

/** Whether a text is a Bruno file. */
export function isBru(text: string): boolean {
  return (
    /^\s*meta\s*\{[^\S\n]*\r?\n/.test(text) ||
    /^(?:get|post|put|patch|delete|head|options|http)\s*\{[^\S\n]*\r?\n\s*url\s*:/m.test(text)
  );
}

/** Returns the blocks of a file. Each ends with a brace at the start of a line. */
export function bruBlocks(text: string): BruBlock[] {
  const blocks: BruBlock[] = [];
  let open: { name: string; lines: string[]; end: string } | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (open && line.trimEnd() === open.end) {
      blocks.push(open);
      open = undefined;
    } else if (open) open.lines.push(line);
    else {
      const [, name, bracket] = /^([A-Za-z][\w:.-]*)[ \t]*([{[])[ \t]*$/.exec(line) ?? [];
      if (name !== undefined) open = { name, lines: [], end: bracket === '{' ? '}' : ']' };
    }
  }
  return blocks;
}

/** Returns the text of a block without the indentation of two spaces. */
export function bruText({ lines }: BruBlock): string {
  return lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
}

const quotes = "'''";

/** Returns the enabled pairs of a block. A value in triple quotes can have several lines. */
export function bruPairs(block: BruBlock | undefined): BruPair[] {
  const pairs: BruPair[] = [];
  const lines = block?.lines ?? [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, isOff, quoted, plain, first = ''] =
      /^\s*(~)?(?:"((?:[^"\\]|\\.)*)"|([^@\s:"][^:]*?))\s*:\s?(.*)$/.exec(lines[at] ?? '') ?? [];
    const name = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    if (name === undefined) continue;
    let value = first.trim();
    if (value.startsWith(quotes)) {
      const text = [value.slice(quotes.length)];
      while (!text.at(-1)?.includes(quotes) && at + 1 < lines.length) {
        at += 1;
        text.push((lines[at] ?? '').replace(/^ {4}/, ''));
      }
      value = text
        .join('\n')
        .replace(/'''[^\n]*$/, '')
        .replace(/^\n|\n\s*$/g, '');
    }
    if (isOff === undefined) pairs.push({ name, value });
  }
  return pairs;
}
