import { describe, expect, it } from 'vitest';
import type { HttpMethod } from '../../../shared/run/target';
import { nextHop, redirectedRequest } from './followRedirect';

const from = 'http://127.0.0.1:3000/shop/cart?a=1#top';

function hopTo(status: number, location: string | undefined, followed = 0) {
  const response = { status, header: (name: string) => (name === 'location' ? location : undefined) };
  const originOf = ({ origin }: URL): number | undefined => (origin.includes('127.0.0.1') ? 7 : undefined);
  return nextHop(response, { from, followed, max: 2, originOf });
}

describe('an answer', () => {
  it.each([
    [301, '/login', 'http://127.0.0.1:3000/login'],
    [302, 'pay?x=ü y', 'http://127.0.0.1:3000/shop/pay?x=%C3%BC%20y'],
    [303, '?b=2', 'http://127.0.0.1:3000/shop/cart?b=2'],
    [307, '//127.0.0.1:4000/', 'http://127.0.0.1:4000/'],
    [308, 'https://user:pw@127.0.0.1/x#part', 'https://127.0.0.1/x'],
    [302, '', 'http://127.0.0.1:3000/shop/cart?a=1'],
  ])('of %s with the location %s leads to %s', (status, location, url) => {
    const hop = hopTo(status, location);
    expect(hop && 'to' in hop && [hop.to.href, hop.origin]).toEqual([url, 7]);
  });

  it.each([
    [200, '/x'],
    [201, '/x'],
    [300, '/x'],
    [304, '/x'],
    [302, undefined],
    [302, 'http://[broken/'],
  ])('of %s with the location %s leads nowhere', (status, location) => {
    expect(hopTo(status, location)).toBeUndefined();
  });

  it.each(['http://other.test/', 'https://192.0.2.1/', 'ftp://other.test/', 'file:///etc/passwd'])(
    'that leads to %s is not followed',
    (location) => {
      expect(hopTo(302, location)).toMatchObject({ kind: 'redirect-refused' });
    },
  );

  it('is followed as often as the step says', () => {
    expect(hopTo(302, '/x', 1)).toMatchObject({ origin: 7 });
    expect(hopTo(302, '/x', 2)).toMatchObject({ kind: 'too-many-redirects' });
  });

  it('says how to confirm a host', () => {
    expect(hopTo(302, 'http://other.test:81/')).toMatchObject({
      remedy: expect.stringContaining('"redirects": { "max": 2, "hosts": ["other.test"] }'),
    });
  });
});

const head = (method: HttpMethod): string =>
  [
    `${method} /shop/cart?a=1 HTTP/1.1`,
    'Host: 127.0.0.1:3000',
    'Authorization: Bearer t',
    'X-Api-Key: k',
    'X-Tenant: named',
    'X-Trace: u-1',
    'Content-Type: application/json',
    'Content-Encoding: gzip',
    'User-Agent: proofload',
    'Cookie: sid=1',
    'Content-Length: 2',
    '',
    '',
  ].join('\r\n');

function follow(status: number, method: HttpMethod, to: string, cookies = '') {
  const wire = { method, head: head(method), body: '{}', origin: 0 };
  const next = {
    wire,
    status,
    from,
    to: new URL(to),
    origin: 3,
    secretHeaders: new Set(['x-tenant']),
    isSigned: false,
  };
  return redirectedRequest(next, cookies);
}

const names = ({ head: text }: { head: string }): string[] =>
  text
    .split('\r\n')
    .slice(1)
    .flatMap((line) => (line === '' ? [] : [line.split(':')[0] ?? '']));

const here = 'http://127.0.0.1:3000/next?b=2';

describe('the request that follows a redirect', () => {
  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'DELETE', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [303, 'GET', 'GET'],
    [301, 'PUT', 'PUT'],
    [302, 'DELETE', 'DELETE'],
    [301, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'PATCH', 'PATCH'],
  ] as const)('after %s to %s is a %s', (status, method, after) => {
    const next = follow(status, method, here);
    expect(next.head.split('\r\n')[0]).toBe(`${after} /next?b=2 HTTP/1.1`);
    expect(next.method).toBe(after);
    const keeps = method === after;
    expect(next.body).toBe(keeps ? '{}' : undefined);
    expect(names(next).filter((name) => name.startsWith('Content-'))).toEqual(
      keeps ? ['Content-Type', 'Content-Encoding', 'Content-Length'] : [],
    );
    expect(next.head.endsWith('\r\n\r\n')).toBe(true);
    expect(next.origin).toBe(3);
  });

  it('has its headers on the same server, and the cookies that it is given', () => {
    expect(names(follow(302, 'POST', here, 'sid=2; a=b'))).toEqual([
      'Host',
      'Authorization',
      'X-Api-Key',
      'X-Tenant',
      'X-Trace',
      'User-Agent',
      'Cookie',
    ]);
    expect(follow(302, 'POST', here, 'sid=2; a=b').head).toContain('Cookie: sid=2; a=b\r\n');
    expect(follow(302, 'POST', here).head).not.toContain('Cookie');
  });

  it.each([
    ['another port', 'http://127.0.0.1:4000/'],
    ['another host', 'http://localhost:3000/'],
    ['another scheme', 'https://127.0.0.1:3000/'],
  ])('leaves secrets behind that go to %s', (_what, to) => {
    const next = follow(307, 'POST', to);
    expect(names(next)).toEqual([
      'Host',
      'X-Trace',
      'Content-Type',
      'Content-Encoding',
      'User-Agent',
      'Content-Length',
    ]);
    expect(next.head).toContain(`Host: ${new URL(to).host}\r\n`);
    expect(next.body).toBe('{}');
  });
});
