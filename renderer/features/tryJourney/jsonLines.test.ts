import fc from 'fast-check';
import { JSONPathEnvironment } from 'json-p3';
import { describe, expect, it } from 'vitest';
import { jsonLines, memberPath } from './jsonLines';

describe('a JSON document line by line', () => {
  it('has the place of each value', () => {
    const { lines, left } = jsonLines({ id: 7, items: [{ name: 'a' }], 'odd key': null, empty: {} }, 100);
    expect(left).toBe(0);
    expect(lines.map(({ depth, text }) => `${'  '.repeat(depth)}${text}`).join('\n')).toBe(
      '{\n  "id": 7,\n  "items": [\n    {\n      "name": "a"\n    }\n  ],\n  "odd key": null,\n  "empty": {}\n}',
    );
    expect(lines.flatMap(({ path }) => path ?? [])).toEqual([
      '$',
      '$.id',
      '$.items',
      '$.items[0]',
      '$.items[0].name',
      "$['odd key']",
      '$.empty',
    ]);
    expect(lines.find(({ path }) => path === '$.items[0]')?.key).toBe('items');
  });

  it('reads as the document that it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const document: unknown = JSON.parse(JSON.stringify(value));
        const text = jsonLines(document, 10_000).lines.map((line) => line.text);
        expect(JSON.parse(text.join('\n'))).toEqual(document);
      }),
    );
  });

  it('has paths that find the values, whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (name, value) => {
        // Lone surrogates can't be sent as text. json-p3 rejects control characters, escaped as they are.
        fc.pre(name.isWellFormed() && name !== '__proto__' && !/\p{Cc}/u.test(name));
        const query = new JSONPathEnvironment().compile(memberPath('$', name));
        expect(query.match({ [name]: value })?.value).toBe(value);
      }),
    );
  });

  it('is bounded in length and depth', () => {
    const { lines, left } = jsonLines(
      Array.from({ length: 50 }, (_, index) => index),
      10,
    );
    expect([lines.length, left]).toEqual([10, 42]);
    let deep: unknown = 1;
    for (let level = 0; level < 1_000; level += 1) deep = [deep];
    expect(jsonLines(deep, 10_000).lines.length).toBeLessThan(200);
  });
});
