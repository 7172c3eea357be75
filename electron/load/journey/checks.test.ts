import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Check, Extraction } from '../../../shared/scenario/journeys';
import { httpResponse } from '../../../tests/support/factories';
import { Answer } from './answer';
import { compileCheck } from './checks';
import { compileExtraction } from './extractions';

interface AnswerParts {
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

function answerOf({ status = 200, headers = {}, body = '' }: AnswerParts): Answer {
  const bytes = Buffer.from(body);
  return new Answer(
    httpResponse({
      status,
      header: (name) => headers[name],
      text: () => bytes.toString('utf8'),
      bytes: () => bytes,
      bodyBytes: bytes.length,
    }),
  );
}

const json = (value: unknown): AnswerParts => ({ body: JSON.stringify(value) });
const page = json({ items: [{ id: 7, tags: ['a'] }, { id: 8 }], total: 0, note: null });

const cases: readonly (readonly [Check, passes: AnswerParts, fails: AnswerParts, kind: string])[] = [
  [{ status: 404 }, { status: 404 }, { status: 200 }, 'check-status'],
  [{ status: [200, { min: 300, max: 399 }] }, { status: 304 }, { status: 404 }, 'check-status'],
  [{ header: 'ETag' }, { headers: { etag: '"x"' } }, {}, 'check-header'],
  [{ header: 'X-Debug', exists: false }, {}, { headers: { 'x-debug': '1' } }, 'check-header'],
  [{ header: 'ETag', equals: '"x"' }, { headers: { etag: '"x"' } }, { headers: { etag: '"y"' } }, 'check-header'],
  [{ header: 'Age', matches: '^\\d+$' }, { headers: { age: '10' } }, { headers: { age: 'old' } }, 'check-header'],
  [{ bodyContains: 'é "x"' }, { body: 'an é "x" here' }, { body: 'none' }, 'check-body'],
  [{ bodyMatches: 'id=\\d+$' }, { body: 'id=42' }, { body: 'id=' }, 'check-body'],
  [{ jsonPath: '$.items[?@.id > 7].id', equals: 8 }, page, json({ items: [{ id: 7 }] }), 'check-json-path'],
  [{ jsonPath: '$.items[0]', equals: { tags: ['a'], id: 7 } }, page, json({ items: [{ id: 7 }] }), 'check-json-path'],
  [{ jsonPath: '$.note' }, page, json({}), 'check-json-path'],
  [{ jsonPath: '$.note', equals: null }, page, json({ note: 0 }), 'check-json-path'],
  [{ jsonPath: '$.error', exists: false }, page, json({ error: null }), 'check-json-path'],
  [{ jsonPath: '$..id' }, page, { body: 'not JSON' }, 'check-json-path'],
  [{ jsonSchema: { required: ['total'] } }, page, json({}), 'check-json-schema'],
  [
    { jsonSchema: { $schema: 'http://json-schema.org/draft-07/schema#', type: 'array' } },
    json([1]),
    page,
    'check-json-schema',
  ],
  [
    { jsonSchema: { properties: { a: { pattern: '^a+$' }, b: { pattern: '^b+$' } } } },
    json({ a: 'aa', b: 'bb' }),
    json({ a: 'aa', b: 'aa' }),
    'check-json-schema',
  ],
  [{ maxBodyBytes: 3 }, { body: 'abc' }, { body: 'é€' }, 'check-body-size'],
];

describe('a check', () => {
  it.each(cases)('%j passes and fails, and is counted by its kind', (check, passes, fails, kind) => {
    const { failureKind, test } = compileCheck(check);
    expect(failureKind).toBe(kind);
    expect(test(answerOf(passes))?.()).toBeUndefined();
    expect(test(answerOf(fails))?.()).toEqual(expect.any(String));
  });

  it('says what there is, whether it holds or not', () => {
    const actual = (check: Check, parts: AnswerParts): string => compileCheck(check).actual(answerOf(parts));
    expect(actual({ status: 200 }, { status: 200 })).toBe('the status is 200');
    expect(actual({ header: 'ETag' }, { headers: { etag: 'x' } })).toBe('ETag is "x"');
    expect(actual({ header: 'ETag', exists: false }, {})).toBe('there is no ETag');
    expect(actual({ bodyContains: 'x' }, { body: 'x' })).toBe('the body matches');
    expect(actual({ jsonPath: '$.total' }, page)).toBe('$.total is 0');
    expect(actual({ jsonPath: '$.error', exists: false }, page)).toBe('there is no $.error');
    expect(actual({ jsonSchema: true }, page)).toBe('the body matches');
    expect(actual({ maxBodyBytes: 9 }, { body: 'é' })).toBe('the body has 2 bytes');
    for (const [check, , fails] of cases)
      expect(actual(check, fails), JSON.stringify(check)).toBe(compileCheck(check).test(answerOf(fails))?.());
  });

  it('says what there was instead, bounded and without what looks like a secret', () => {
    const found = (check: Check, parts: AnswerParts): string | undefined =>
      compileCheck(check).test(answerOf(parts))?.();
    expect(found({ jsonPath: '$.total', equals: 1 }, page)).toBe('$.total is 0');
    expect(found({ jsonPath: '$.access_token', equals: 1 }, json({ access_token: 'abcdefgh' }))).not.toContain(
      'abcdefgh',
    );
    expect(found({ header: 'Set-Cookie', equals: '' }, { headers: { 'set-cookie': 'sid=abcdefgh' } })).not.toContain(
      'abcdefgh',
    );
    expect(found({ jsonPath: '$', exists: false }, json('x'.repeat(10_000)))?.length).toBeLessThan(200);
  });

  it.each([
    [{ bodyMatches: '(' }],
    [{ bodyMatches: '(?=look)around' }],
    [{ bodyMatches: '(a)\\1' }],
    [{ jsonPath: 'items' }],
    [{ jsonPath: '$[?@.a =~ /x/]' }],
    [{ jsonSchema: { type: 'nothing' } }],
    [{ jsonSchema: { pattern: '(?=x)' } }],
  ] satisfies [Check][])('%j is refused before the load', (check) => {
    expect(() => compileCheck(check)).toThrow();
  });

  it('takes linear time on an answer that makes other engines try everything', () => {
    const hostile = `${'a'.repeat(100_000)}!`;
    expect(compileCheck({ bodyMatches: '^(a+)+$' }).test(answerOf({ body: hostile }))).toBeDefined();
    expect(compileCheck({ jsonPath: '$[?search(@, "^(a+)+$")]' }).test(answerOf(json([hostile])))).toBeDefined();
    expect(compileCheck({ jsonSchema: { pattern: '^(a+)+$' } }).test(answerOf(json(hostile)))).toBeDefined();
  });
});

describe('the body of an answer', () => {
  const text = JSON.stringify({ a: 'é'.repeat(100) });
  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
  ])('is decoded from %s', (encoding, body) => {
    const { test } = compileCheck({ jsonPath: '$.a', equals: 'é'.repeat(100) });
    expect(test(answerOf({ headers: { 'content-encoding': encoding }, body }))?.()).toBeUndefined();
  });

  it('is counted without its encodings where it was looked at', () => {
    const answer = answerOf({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(text) });
    expect(answer.decodedBytes).toBe(0);
    answer.text();
    expect([answer.decodedBytes, answer.fault]).toEqual([Buffer.byteLength(text), undefined]);
    const plain = answerOf({ body: text });
    plain.json();
    expect(plain.decodedBytes).toBe(Buffer.byteLength(text));
  });

  it('that is empty, or was not kept, is in no encoding', () => {
    const answer = answerOf({ headers: { 'content-encoding': 'gzip' } });
    expect([answer.text(), answer.decodedBytes, answer.fault]).toEqual([{ value: '' }, 0, undefined]);
  });

  it.each([
    ['gzip', 'body-malformed'],
    ['unknown', 'encoding-unsupported'],
  ])('that is not really %s says that it is %s', (encoding, fault) => {
    const answer = answerOf({ headers: { 'content-encoding': encoding }, body: text });
    answer.json();
    expect(answer.fault).toBe(fault);
  });

  it.each(['gzip', 'unknown'])('that is not really %s fails its checks, and says so', (encoding) => {
    const answer = answerOf({ headers: { 'content-encoding': encoding }, body: text });
    expect(compileCheck({ bodyContains: 'a' }).test(answer)?.()).toContain("can't be decoded");
  });
});

describe('an extraction', () => {
  const answer = answerOf({
    status: 201,
    headers: { location: '/orders/7' },
    body: '{"id":7,"name":"ann","list":[1,{"a":null}],"form":"<input name=csrf value=x1>"}',
  });
  const find = (extraction: Extraction): string | undefined =>
    compileExtraction(extraction).find(answer, (name) => (name === 'session' ? 's1' : undefined));

  it.each([
    [{ status: true }, '201'],
    [{ header: 'Location' }, '/orders/7'],
    [{ header: 'ETag' }, undefined],
    [{ cookie: 'session' }, 's1'],
    [{ cookie: 'other' }, undefined],
    [{ jsonPath: '$.id' }, '7'],
    [{ jsonPath: '$.name' }, 'ann'],
    [{ jsonPath: '$.list' }, '[1,{"a":null}]'],
    [{ jsonPath: '$.missing' }, undefined],
    [{ jsonPath: "$['list'][-1].a" }, 'null'],
    [{ jsonPath: '$.list[2]' }, undefined],
    [{ jsonPath: '$.list[-3]' }, undefined],
    [{ jsonPath: '$.name[0]' }, undefined],
    [{ jsonPath: '$.list.length' }, undefined],
    [{ jsonPath: '$.constructor' }, undefined],
    [{ regex: 'value=(\\w+)' }, 'x1'],
    [{ regex: 'value=\\w+' }, 'value=x1'],
    [{ regex: '(?<key>name)=(csrf)', group: 2 }, 'csrf'],
    [{ regex: 'name=(csrf)|(never)', group: 2 }, undefined],
    [{ regex: 'no such' }, undefined],
  ] satisfies [Extraction, string | undefined][])('%j finds %j', (extraction, value) => {
    expect(find(extraction)).toBe(value);
  });

  it('of a document that is nested too deep finds nothing', () => {
    const deep = answerOf({ body: `${'['.repeat(5_000)}${']'.repeat(5_000)}` });
    expect(compileExtraction({ jsonPath: '$..a' }).find(deep, () => undefined)).toBeUndefined();
  });

  it.each([[{ regex: '(a)', group: 2 }], [{ jsonPath: '$[' }], [{ regex: '[' }]] satisfies [Extraction][])(
    '%j is refused before the load',
    (extraction) => {
      expect(() => compileExtraction(extraction)).toThrow();
    },
  );
});
