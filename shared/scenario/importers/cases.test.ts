import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDraft } from '../draft';
import { importedDraft } from './importedDraft';
import { readRequests } from './readRequests';

const folder = resolve(import.meta.dirname, '../../../tests/fixtures/requests');

function readFixture(file: string) {
  return readRequests(readFileSync(resolve(folder, file), 'utf8'));
}

/** The expected result of a file: its requests and notes, or the text of the refusal. */
type Right = { requests: object[]; notes?: RegExp[]; data?: object[] } | { refusal: RegExp };

const at = (path: string, more: object = {}): object => ({
  method: 'GET',
  url: `http://127.0.0.1:3000${path}`,
  ...more,
});
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const operation = (body: unknown): object => ({ name: 'o', method: 'POST', url: 'http://127.0.0.1:3000/a', body });
const values = /examples of the document/;

const right: Readonly<Record<string, Right>> = {
  'c01-sX-POST.sh': { requests: [at('/a', { method: 'POST', headers: form, body: 'x=1' })] },
  'c02-so.sh': { requests: [at('/a')] },
  'c03-F-before-url.sh': {
    requests: [
      at('/a', {
        method: 'POST',
        headers: { 'Content-Type': 'multipart/form-data; boundary=proofload-form-boundary' },
        body: '--proofload-form-boundary\r\nContent-Disposition: form-data; name="name"\r\n\r\nvalue\r\n--proofload-form-boundary\r\nContent-Disposition: form-data; name="file"; filename="x.png"\r\nContent-Type: image/png\r\n\r\n\r\n--proofload-form-boundary--\r\n',
      }),
    ],
    notes: [/the file x\.png, which was not read/],
  },
  'c04-data-urlencode-before-url.sh': { requests: [at('/s?q=a%20b')] },
  'c05-unix-socket.sh': { refusal: /with --unix-socket curl may connect to another place/ },
  'c06-sI.sh': { requests: [at('/a', { method: 'HEAD' })] },
  'c07-and-second-curl.sh': { requests: [at('/a'), at('/b', { method: 'DELETE' })] },
  'c08-two-lines.sh': {
    requests: [
      at('/a'),
      at('/b', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"x":1}' }),
    ],
  },
  'c09-next.sh': {
    requests: [at('/a', { method: 'POST', headers: form, body: 'a=1' }), at('/b', { method: 'DELETE' })],
  },
  'c10-pipe-cut.sh': { requests: [at('/a')] },
  'c11-pipe-sed.sh': { requests: [at('/a')] },
  'c12-pipe-grep.sh': { requests: [at('/a')] },
  'c13-cmd-chrome.sh': {
    requests: [
      at('/a?x=1&y=2', {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: '{"a":1}',
      }),
    ],
  },
  'c14-cmd-firefox.sh': {
    requests: [at('/a', { method: 'POST', headers: { Accept: '*/*' }, acceptEncoding: ['deflate', 'gzip', 'br'] })],
  },
  'c15-data-urlencode-after-url.sh': {
    requests: [at('/s', { method: 'POST', headers: form, body: 'q=a%20b%26c&z=1' })],
  },
  'c16-F-after-url.sh': {
    requests: [
      at('/a', {
        method: 'POST',
        headers: { 'Content-Type': 'multipart/form-data; boundary=proofload-form-boundary' },
        body: '--proofload-form-boundary\r\nContent-Disposition: form-data; name="name"\r\n\r\nvalue\r\n--proofload-form-boundary--\r\n',
      }),
    ],
  },
  'c17-empty-d.sh': { requests: [at('/a', { method: 'POST', headers: form, body: '' })] },
  'c18-json-twice.sh': {
    requests: [
      at('/a', {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: '{"a":1}',
      }),
    ],
  },
  'c19-HTTPS.sh': { requests: [{ method: 'GET', url: 'https://127.0.0.1:3000/a' }] },
  'c20-ftp.sh': { refusal: /ftp: is not http/ },
  'c21-cookie-file.sh': { requests: [at('/a')], notes: [/cookies of the file cookies\.txt were left out/] },
  'c22-host-header.sh': { requests: [at('/a', { headers: { Host: 'api.example.com' } })] },
  'c23-remove-header.sh': { requests: [at('/a')], notes: [/accept is one that curl would not send/] },
  'c24-T.sh': {
    requests: [at('/a', { method: 'PUT', body: '' })],
    notes: [/the file file\.txt, which was not read/],
  },
  'c25-comment-first.sh': { requests: [at('/a')] },
  'c26-header-twice.sh': {
    requests: [at('/a', { headers: { 'X-A': '1, 2' } })],
    notes: [/X-A is there twice: it is sent once, with both values/],
  },
  'c27-fragment.sh': { requests: [at('/a', { headers: { X: '1' } })] },
  'c28-line-continued-in-quotes.sh': { requests: [at('/a', { method: 'POST', headers: form, body: 'ab' })] },
  'c29-user-not-latin1.sh': { requests: [at('/a', { headers: { Authorization: 'Basic YW5uOnDigqxzcw==' } })] },
  'c30-prompt.sh': { requests: [at('/a')] },
  'c31-data-raw-at.sh': { requests: [at('/a', { method: 'POST', headers: form, body: '@home' })] },
  'c32-variable.sh': {
    requests: [at('/a/$%7BID%7D', { headers: { Authorization: 'Bearer $TOKEN' } })],
    notes: [/\$TOKEN, \$\{ID\} stood for what the shell would fill in/],
  },
  'c33-trace.sh': { requests: [at('/a')] },
  'c34-heredoc.sh': {
    requests: [at('/a', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a": 1}' })],
  },
  'h01-two-cookie-headers.har': { requests: [at('/a', { headers: { cookie: 'a=1; b=2' } })], notes: [/Cookies/] },
  'h02-with-BOM.har': { requests: [at('/a')] },
  'h03-params-without-text.har': { requests: [at('/a', { method: 'POST', headers: form, body: 'a=1+2&b=x' })] },
  'h04-cookies-without-header.har': { requests: [at('/a', { headers: { Cookie: 'a=1' } })], notes: [/Cookies/] },
  'h05-body-base64.har': {
    requests: [
      at('/a', { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: '\u0000\u0001\u0002' }),
    ],
  },
  'h06-from-cache-and-blocked.har': {
    requests: [at('/a')],
    notes: [/1 request was left out, answered from the cache/, /1 request was left out, blocked/],
  },
  'h07-same-url-other-headers.har': {
    requests: [at('/a', { headers: { Accept: 'application/json' } }), at('/a', { headers: { Accept: 'text/html' } })],
  },
  'o01-server-variables.json': { requests: [at('/v1/a')], notes: [values] },
  'o02-operation-overrides-path-parameter.json': {
    requests: [at('/a/{{id}}')],
    data: [{ id: 'op-level' }],
    notes: [values],
  },
  'o03-allOf-beside-properties.json': { requests: [operation({ a: 'x', b: 2 })], notes: [values] },
  'o04-json-with-charset.json': {
    requests: [{ ...operation({ a: 'x' }), headers: { 'Content-Type': 'application/json; charset=utf-8' } }],
    notes: [values],
  },
  'o05-vendor-json.json': {
    requests: [{ ...operation({ a: 'x' }), headers: { 'Content-Type': 'application/vnd.api+json' } }],
    notes: [values],
  },
  'o06-form.json': { requests: [{ ...operation('a=x'), headers: form }], notes: [values] },
  'o07-media-type-examples.json': { requests: [operation({ a: 'from examples' })], notes: [values] },
  'o08-parameter-examples.json': { requests: [at('/a/{{id}}')], data: [{ id: 'abc-123' }], notes: [values] },
  'o09-two-paths-one-name.json': {
    requests: [at('/pets/{{id}}'), at('/users/{{id_2}}')],
    data: [{ id: 7, id_2: 'u-1' }],
    notes: [values],
  },
  'o10-security.json': {
    requests: [at('/a', { headers: { 'X-API-Key': '{{secret.X_API_KEY}}' } })],
    notes: [values, /need the secret X_API_KEY/],
  },
  'o11-extension-in-paths.json': { requests: [at('/a')], notes: [values] },
  'o12-path-item-reference.json': { requests: [at('/a', { name: 'g' })], notes: [values] },
  'o13-swagger-2.json': { requests: [at('/v1/a')], notes: [values] },
  'o14-array-query.json': { requests: [at('/a?s=a&s=b')], notes: [values] },
  'o15-parameter-twice-in-path.json': { requests: [at('/a/{{id}}/b/{{id}}')], data: [{ id: 3 }], notes: [values] },
  'o16-oneOf-body.json': { requests: [operation({ a: 'x' })], notes: [values] },
  'o17-scalar-body.json': {
    requests: [{ ...operation('"X"'), headers: { 'Content-Type': 'application/json' } }],
    notes: [values],
  },
  'o18-with-BOM.json': { requests: [at('/a')], notes: [values] },
  'o19-formats.json': {
    requests: [
      operation({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        mail: expect.stringMatching(/^[^@]+@[^@]+\.[a-z]+$/),
        n: 10,
        s: expect.stringMatching(/^.{8}$/),
      }),
    ],
    notes: [values],
  },
  'o20-anyOf-property.json': { requests: [operation({ n: 1 })], notes: [values] },
};

describe('files of the smallest size with requests', () => {
  it('are all here', () => {
    expect(Object.keys(right).sort()).toEqual(readdirSync(folder).sort());
  });

  it.each(Object.entries(right))('%s', (file, expected) => {
    const read = readFixture(file);
    if ('refusal' in expected) {
      expect(read).toMatchObject({ ok: false, error: { message: expect.stringMatching(expected.refusal) } });
      return;
    }
    if (!read.ok) throw new Error(read.error.message);
    const { requests, data, notes, steps } = read.value;
    expect(requests).toEqual(expected.requests);
    expect(data).toEqual(expected.data ?? []);
    const wanted = expected.notes ?? [];
    for (const note of wanted) expect(notes).toContainEqual(expect.stringMatching(note));
    // There are no other notes.
    expect(notes.filter((note) => !wanted.some((one) => one.test(note)))).toEqual([]);
    expect(steps.map(({ request }) => request)).toEqual(requests.map((_request, index) => index));
    expect(checkDraft(importedDraft(read.value, new Set()))).toMatchObject({ ok: true });
  });
});
