import { secretReferenceTo } from './reference';

/** Values of secrets by their names. */
export type Secrets = ReadonlyMap<string, string>;

/** Shorter values are in every text by chance, and guessed sooner than found. */
const leastLength = 4;

const utf8 = new TextEncoder();

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Hexadecimal digits in either case. */
function hexOf(value: number, digits: number): string {
  const hex = value.toString(16).padStart(digits, '0');
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** A character in all its forms, those first that begin with another of them. */
function formsOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const json = JSON.stringify(character).slice(1, -1);
  const forms = [
    // As JSON writes it, or may (RFC 8259, 7).
    ...(json === character ? [] : [escapeRegExp(json)]),
    units.map((unit) => `\\\\u${hexOf(unit, 4)}`).join(''),
    // Percent-encoded (RFC 3986, 2.1), and in forms and query strings (WHATWG URL, 5.1).
    [...utf8.encode(character)].map((byte) => `%${hexOf(byte, 2)}`).join(''),
    ...(character === ' ' ? ['\\+'] : []),
    ...(character === '/' ? ['\\\\/'] : []),
    escapeRegExp(character),
  ];
  return `(?:${forms.join('|')})`;
}

/**
 * Returns a function that replaces the values of secrets in a text by their references, or by what `markOf` returns:
 * for texts from elsewhere, such as the location of a redirect. Values are found as they are, and as URLs and JSON
 * write them, in any mixture of these; a longer one goes before one that is a part of it. Values of less than four
 * characters are not looked for.
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
