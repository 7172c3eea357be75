/*
 * curl's URL globs (man page, URL): `{one,two}`, `[1-10]`, `[001-100:10]`, `[a-z]`. After a backslash, a bracket or a
 * brace is text; Chrome and Safari copy it that way.
 */

/** A set or a range. Braces without a comma are text, because many documents use them for placeholders. */
const glob =
  /(?<![{\\])\{([^{},]*(?:,[^{},]*)+)\}(?!\})|(?<!\\)\[(?:(\d{1,9})-(\d{1,9})(?::(\d{1,9}))?|([a-z])-([a-z]))\]/i;

function withoutEscapes(text: string): string {
  return text.replace(/\\([[\]{}])/g, '$1');
}

/** Returns the numbers of a range with the leading zeros of the first; at most `most`. */
function numbers(from: string, to: string, step: number, most: number): string[] {
  const width = from.startsWith('0') ? from.length : 0;
  const found: string[] = [];
  for (let value = Number(from); value <= Number(to) && found.length < most; value += Math.max(1, step))
    found.push(String(value).padStart(width, '0'));
  return found;
}

function letters(from: string, to: string): string[] {
  const found: string[] = [];
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1) found.push(String.fromCharCode(code));
  return found;
}

/** More than anyone writes into one URL. */
const maxGlobs = 10;

/** Returns the URLs that curl would request, at most `most`. */
export function expandUrl(url: string, most: number, count = 0): string[] {
  const match = count < maxGlobs ? glob.exec(url) : null;
  if (!match) return [withoutEscapes(url)];
  const [all, set, from, to, step, first, last] = match;
  const before = withoutEscapes(url.slice(0, match.index));
  const choices =
    set !== undefined
      ? set.split(',')
      : from !== undefined && to !== undefined
        ? numbers(from, to, Number(step ?? 1), most)
        : letters(first ?? '', last ?? '');
  const rests = expandUrl(url.slice(match.index + all.length), most, count + 1);
  const found: string[] = [];
  for (const choice of choices)
    for (const rest of rests) if (found.length < most) found.push(`${before}${choice}${rest}`);
  return found;
}
