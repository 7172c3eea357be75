import { secretReferenceTo } from './reference';

/** Values of secrets by their names. */
export type Secrets = ReadonlyMap<string, string>;

/** Shorter values occur in any text by chance, and are easier to guess than to find. */
const leastLength = 4;

const utf8 = new TextEncoder();

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Returns a pattern for hexadecimal digits in either case. */
function hexOf(value: number, digits: number): string {
  const hex = value.toString(16).padStart(digits, '0');
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** Returns patterns for all encodings of a character. A pattern that starts with another one comes before it. */
function formsOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const json = JSON.stringify(character).slice(1, -1);
  const forms = [
    // JSON escapes, required or optional (RFC 8259, 7).
    ...(json === character ? [] : [escapeRegExp(json)]),
    units.map((unit) => `\\\\u${hexOf(unit, 4)}`).join(''),
    // Percent-encoding (RFC 3986, 2.1), and the encoding of forms and query strings (WHATWG URL, 5.1).
    [...utf8.encode(character)].map((byte) => `%${hexOf(byte, 2)}`).join(''),
    ...(character === ' ' ? ['\\+'] : []),
    ...(character === '/' ? ['\\\\/'] : []),
    escapeRegExp(character),
  ];
  return `(?:${forms.join('|')})`;
}

/**
 * Returns a function that replaces the values of secrets in a text by references, or by the result of `markOf`. It is
 * meant for texts from outside, such as the location of a redirect. Values are found in plain form and as encoded in
 * URLs and JSON, in any mixture. Longer values take precedence over their parts. Values of less than four characters
 * are ignored.
 */
export function concealerOf(
  secrets: Secrets,
  markOf: (name: string) => string = secretReferenceTo,
): (text: string) => string {
  const all = [...secrets]
    .filter(([, value]) => value.length >= leastLength)
    .sort(([, a], [, b]) => b.length - a.length);
  if (all.length === 0) return (text) => text;
  const anyOf = new RegExp(all.map(([, value]) => `(${[...value].map(formsOf).join('')})`).join('|'), 'g');
  return (text) =>
    text.replaceAll(anyOf, (...match) => {
      const which = all.findIndex((_, index) => match[index + 1] !== undefined);
      return markOf(all[which]?.[0] ?? '');
    });
}
