import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonTextVisitor, replaceInJsonTokens } from './jsonText';

const same: JsonTextVisitor = { picked: (token) => token, text: (token) => token, isAbout: () => true };

describe('a JSON text', () => {
  it('is as it was written where nothing is replaced', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(replaceInJsonTokens(text, same)).toBe(text);
      }),
    );
  });

  it('tells of the values under the names that are picked, near and far, as they are written', () => {
    const seen: string[] = [];
    const text = String.raw`{ "a": "x", "s": "p\"q", "n": [1e2, {"s": {"b": 12345678901234567890, "c": [true]}}], "z": "y" }`;
    const replaced = replaceInJsonTokens(text, {
      isAbout: (key) => key === 's',
      picked: (token, about) => {
        seen.push(`${about}=${token}`);
        return '0';
      },
      text: (token) => token.toUpperCase(),
    });
    expect(seen).toEqual([String.raw`s="p\"q"`, 'b=12345678901234567890', 'c=true']);
    expect(replaced).toBe('{ "a": "X", "s": 0, "n": [1e2, {"s": {"b": 0, "c": [0]}}], "z": "Y" }');
  });

  it('is nothing to other texts', () => {
    for (const text of ['', 'a=1', '{"a":', '{"a":1} {"b":2}', '['.repeat(100_000)])
      expect(replaceInJsonTokens(text, same)).toBeUndefined();
  });
});
