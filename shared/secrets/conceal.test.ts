import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concealerOf } from './conceal';

const formEncoded = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);

describe('concealerOf', () => {
  const value = 'p/w "1" ü+%$&\\';
  const conceal = concealerOf(new Map(Object.entries({ TOKEN: value, SHORT: 'abc' })));

  it.each([
    ['as it is', value],
    ['percent-encoded', encodeURIComponent(value)],
    ['percent-encoded in lower case', encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase())],
    ['as a form has it', formEncoded(value)],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in JSON of ASCII', [...value].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
    ['as the parser of URLs leaves it', new URL(`http://h/#${value}`).hash.slice(1)],
  ])('finds a value %s', (_how, text) => {
    expect(conceal(`to /x?t=${text}&u=1`)).toBe('to /x?t={{secret.TOKEN}}&u=1');
  });

  it('finds every value in every encoding', () => {
    const anyValue = fc.string({ minLength: 4, unit: 'grapheme' });
    fc.assert(
      fc.property(anyValue, fc.string(), fc.string(), (secret, before, after) => {
        for (const encode of [
          String,
          encodeURIComponent,
          formEncoded,
          (text: string) => JSON.stringify(text).slice(1, -1),
        ]) {
          const text = `${before}\u0000${encode(secret)}\u0000${after}`;
          expect(concealerOf(new Map([['S', secret]]))(text)).toContain('\u0000{{secret.S}}\u0000');
        }
      }),
    );
  });

  it('finds what is encoded to its end', () => {
    expect(concealerOf(new Map([['S', 'a%\\%']]))('a%25%5C%25 a%\\\\%')).toBe('{{secret.S}} {{secret.S}}');
  });

  it('takes the longest', () => {
    expect(concealerOf(new Map(Object.entries({ A: 'abcd', B: 'abcdef' })))('abcdef abcde')).toBe(
      '{{secret.B}} {{secret.A}}e',
    );
  });

  it('leaves everything else, and values that are in every text by chance', () => {
    expect(conceal('abc p/w')).toBe('abc p/w');
    expect(concealerOf(new Map())('text')).toBe('text');
  });
});
