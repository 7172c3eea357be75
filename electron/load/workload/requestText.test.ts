import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioRequestSchema } from '../../../shared/scenario/requests';
import { compileTemplate } from '../../../shared/scenario/template';
import { redirectedRequest } from '../journey/followRedirect';
import { noDependencies, partsOf, RequestText } from './requestText';

const values = { iteration: 0, row: { user: 'ann' } };

function textOf(request: object, headers: [string, string][] = [], url = 'http://127.0.0.1:3000/'): RequestText {
  const target = urlTargetSchema.parse({ kind: 'url', url, headers });
  const fields = scenarioRequestSchema.parse({ url: '/a', ...request });
  return new RequestText(partsOf(fields, target), 0, (text) => compileTemplate(text), noDependencies);
}

function linesOf(request: object, headers?: [string, string][], url?: string): string[] {
  return textOf(request, headers, url).write(values).head.trimEnd().split('\r\n').slice(1);
}

const bearer = { type: 'bearer', token: 't' };

describe('the head of a request', () => {
  it('is what it was where the request asks for nothing of its own', () => {
    expect(linesOf({})).toEqual(['Host: 127.0.0.1:3000', 'User-Agent: proofload', 'Accept: */*']);
  });

  it.each([
    [{ acceptEncoding: ['gzip', 'br'] }, ['Accept-Encoding: gzip, br']],
    [{ acceptEncoding: ['gzip'], headers: { 'accept-encoding': 'x' } }, ['accept-encoding: x']],
    [{ method: 'POST', body: '' }, ['Content-Length: 0']],
    [{ method: 'POST', body: 'a', gzip: true, headers: { 'content-encoding': 'x' } }, ['content-encoding: x']],
    [
      { method: 'POST', form: { a: '{{user}}' } },
      ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 5'],
    ],
    [
      { method: 'POST', bodyBase64: 'AAAA', headers: { 'content-type': 'image/x' } },
      ['content-type: image/x', 'Content-Length: 3'],
    ],
    [{ auth: bearer }, ['Authorization: Bearer t']],
    [{ auth: { type: 'basic', username: '{{user}}', password: 'p' } }, [`Authorization: Basic ${btoa('ann:p')}`]],
  ])('of %j has %j', (request, lines) => {
    const all = linesOf(request);
    for (const line of lines) expect(all).toContain(line);
    const names = all.map((line) => line.split(':')[0]?.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('of an empty body says nothing of its content', () => {
    expect(linesOf({ method: 'POST', body: '' }).join('\n')).not.toMatch(/content-type/i);
  });

  it('has one who sends it: a header of the command line before the scenario, and that before the URL', () => {
    const authorizations = (...about: Parameters<typeof linesOf>): string[] =>
      linesOf(...about).filter((line) => /^authorization/i.test(line));
    const user = 'http://me:pw@127.0.0.1:3000/';
    expect(authorizations({}, [], user)).toEqual([`Authorization: Basic ${btoa('me:pw')}`]);
    expect(authorizations({ auth: bearer }, [], user)).toEqual(['Authorization: Bearer t']);
    expect(authorizations({ auth: bearer }, [['authorization', 'Own x']], user)).toEqual(['authorization: Own x']);
  });
});

describe('a signed request', () => {
  const signed = {
    method: 'POST',
    body: 'a=1',
    auth: {
      type: 'aws-sigv4',
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'k',
      sessionToken: 's',
      region: 'eu',
      service: 's3',
    },
  };

  it('that is redirected is signed anew, and its old signature is gone', () => {
    const text = textOf(signed);
    const wire = text.write(values);
    expect(text.isSigned).toBe(true);
    const to = new URL('http://127.0.0.1:3000/b?c=1');
    const about = {
      wire,
      status: 307,
      from: 'http://127.0.0.1:3000/a',
      to,
      origin: 0,
      secretHeaders: new Set<string>(),
    };
    const bare = redirectedRequest({ ...about, isSigned: true }, 'sid=1');
    expect(bare.head).not.toMatch(/authorization|x-amz/i);
    const next = text.signed(bare, values);
    const signatures = (head: string): string[] => head.match(/^(?:Authorization|X-Amz-[\w-]+): .*$/gm) ?? [];
    expect(signatures(next.head)).toHaveLength(4);
    expect(signatures(next.head).at(-1)).not.toBe(signatures(wire.head).at(-1));
    expect(next.head).toMatch(/^POST \/b\?c=1 HTTP\/1\.1\r\n[\s\S]*Cookie: sid=1\r\n[\s\S]*\r\n\r\n$/);
    expect(next.body).toBe('a=1');
  });

  it('of another kind is not signed again', () => {
    const text = textOf({ auth: bearer });
    const wire = text.write(values);
    expect(text.signed(wire, values)).toBe(wire);
    expect(text.isSigned).toBe(false);
  });
});
