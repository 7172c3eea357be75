import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRequests } from './readRequests';

describe('anything else', () => {
  it('is not unfolded when it is YAML whose aliases stand for aliases', () => {
    const times = (alias: string): string => `[${Array.from({ length: 10 }, () => alias).join(', ')}]`;
    const text = `openapi: 3.1.0\na: &a ${times('x')}\nb: &b ${times('*a')}\nc: &c ${times('*b')}\nd: ${times('*c')}\n`;
    expect(readRequests(text)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/alias/i) } });
  });

  it('is an error that says what to do, and never an exception', () => {
    for (const text of ['', 'hello', '[]', '{"log":{}}', '{"openapi":"2.0"}', '{', '- a\n- b', `${'['.repeat(20_000)}`])
      expect(readRequests(text)).toMatchObject({ ok: false, error: { code: 'import-failed' } });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['boolean']).toContain(typeof readRequests(text).ok);
        expect(typeof readRequests(`curl ${text}`).ok).toBe('boolean');
      }),
    );
  });

  it('is not a document whose values are inside of each other without an end', () => {
    const deep = `{"openapi":"3.1.0","paths":{"/a":${'{"x":'.repeat(5_000)}1${'}'.repeat(5_000)}}}`;
    const itself = 'openapi: 3.1.0\npaths: &a\n  /a: *a\n';
    for (const text of [deep, itself, `{"log":${'['.repeat(5_000)}${']'.repeat(5_000)}}`])
      expect(readRequests(text)).toMatchObject({
        ok: false,
        error: { message: expect.stringMatching(/levels of nesting|alias/i) },
      });
  });

  it.each([
    ['openapi: 3.1.0\ninfo: { title: T, description: "run curl http://x/" }\npaths: { /a: { get: {} } }', '/a'],
    ["# openapi: 3.1.0\ncurl http://x/a --data-binary 'info: 1\nopenapi: 3.1.0'", 'http://x/a'],
    ['### curl it\nGET http://x/a', 'http://x/a'],
    ['\uFEFFcurl http://x/a', 'http://x/a'],
  ])('is told by what it begins with: %s', (text, url) => {
    expect(readRequests(text)).toMatchObject({ ok: true, value: { requests: [{ url }] } });
  });
});
