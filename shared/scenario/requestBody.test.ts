import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { scenarioSchema } from './schema';

function problemsOf(request: object): string[] {
  const parsed = scenarioSchema.safeParse({
    ...level('level-0'),
    requests: [{ method: 'POST', url: '/', ...request }],
  });
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
}

describe('what a request sends', () => {
  it.each([
    [{ body: '' }],
    [{ form: { a: 'b', c: ['d', 1, false] } }],
    [
      {
        multipart: [
          { name: 'a', value: 'b' },
          { name: 'f', file: 'pictures/a.png', contentType: 'image/png' },
        ],
      },
    ],
    [{ bodyFile: './a..b/c.bin' }],
    [{ bodyBase64: 'AAEC/w==', gzip: true }],
    [{ bodyBase64: '' }],
    [{ redirects: 0 }],
    [{ redirects: 5 }],
    [{ redirects: { max: 2, hosts: ['login.test'] } }],
    [{ redirects: 0, expectRedirect: true }],
  ])('%j is right', (request) => {
    expect(problemsOf(request)).toEqual([]);
  });

  it.each([
    [{ body: 'a', form: { a: 'b' } }, 'one body'],
    [{ bodyFile: 'a', bodyBase64: 'AAAA' }, 'one body'],
    [{ gzip: true }, 'no body that "gzip"'],
    [{ bodyBase64: 'AAE' }, 'not base64'],
    [{ bodyBase64: 'A-E_' }, 'not base64'],
    [{ multipart: [{ name: 'a', value: 'b' }], headers: { 'content-type': 'multipart/form-data' } }, 'Content-Type'],
    [{ redirects: 2, expectRedirect: true }, 'followed or expected'],
    [{ form: { a: '{{missing}}' } }, '{{missing}}'],
    [{ multipart: [{ name: 'a', value: '{{missing}}' }] }, '{{missing}}'],
  ])('%j is refused', (request, message) => {
    expect(problemsOf(request).join('; ')).toContain(message);
  });

  it.each(['/etc/passwd', '../secret', 'a/../../secret', 'C:\\secret', 'c:secret', '\\\\host\\share', 'a\\..\\b', ''])(
    'the file %j is refused',
    (path) => {
      expect(problemsOf({ bodyFile: path })).not.toEqual([]);
      expect(problemsOf({ multipart: [{ name: 'a', file: path }] })).not.toEqual([]);
    },
  );
});
