import { describe, expect, it } from 'vitest';
import { printable, printableJson, printableLine } from './printable';

/** All characters that can control a terminal and must never be written to one. */
const controls = [
  ...Array.from({ length: 32 }, (_, code) => code).filter((code) => code !== 9 && code !== 10 && code !== 13),
  ...Array.from({ length: 33 }, (_, index) => 0x7f + index),
  0x061c,
  0x200e,
  0x200f,
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
].map((code) => String.fromCharCode(code));

describe('what is printed', () => {
  it.each(controls.map((character) => [`U+${character.charCodeAt(0).toString(16)}`, character]))(
    'has no %s',
    (_name, character) => {
      expect(printable(`a${character}b`)).toBe('ab');
      expect(printableLine(`a${character}b`)).toMatch(/^a ?b$/);
      const json = JSON.stringify({ [`a${character}`]: `b${character}` });
      expect(printableJson(json)).not.toContain(character);
      expect(JSON.parse(printableJson(json))).toEqual(JSON.parse(json));
    },
  );

  it('keeps lines, their ends and every letter', () => {
    expect(printable('a\tb\nc\r\nÄ 漢 😀')).toBe('a\tb\nc\r\nÄ 漢 😀');
    expect(printable('safe\rforged')).toBe('safeforged');
    expect(printableLine('a\r\nb\tc\u2028d')).toBe('a b c d');
  });
});
