import { describe, expect, it } from 'vitest';
import { basicAuthorization, fullUrl, hasSecretUser, wireUrl } from './wireUrl';

describe('the wire form of a URL', () => {
  it.each([
    // Written longer than the parser's output: default ports, short forms, users.
    ['http://127.0.0.1:80/path', '127.0.0.1', 80, '127.0.0.1', '/path'],
    ['http://127.1:45705/path', '127.0.0.1', 45_705, '127.0.0.1:45705', '/path'],
    ['http://user:pw@127.0.0.1:45705/path', '127.0.0.1', 45_705, '127.0.0.1:45705', '/path'],
    ['https://localhost:443/a?b=c', 'localhost', 443, 'localhost', '/a?b=c'],
    ['http://localhost:443/', 'localhost', 443, 'localhost:443', '/'],
    ['HTTP://LOCALHOST/Path', 'localhost', 80, 'localhost', '/Path'],
    ['http:\\\\localhost\\a', 'localhost', 80, 'localhost', '/a'],
    ['  http://localhost/a\n', 'localhost', 80, 'localhost', '/a'],
    ['http://2130706433/', '127.0.0.1', 80, '127.0.0.1', '/'],
    ['http://[0:0:0:0:0:0:0:1]:8080/x', '::1', 8080, '[::1]:8080', '/x'],
    // Internationalised names (IDNA), and characters that are not allowed in a path.
    ['http://bücher.example/ü?ö', 'xn--bcher-kva.example', 80, 'xn--bcher-kva.example', '/%C3%BC?%C3%B6'],
    ['http://localhost/a b|c', 'localhost', 80, 'localhost', '/a%20b|c'],
    // Without a path, with only a query, with a fragment that is not sent.
    ['http://localhost', 'localhost', 80, 'localhost', '/'],
    ['http://localhost?q=1', 'localhost', 80, 'localhost', '/?q=1'],
    ['http://localhost/a?', 'localhost', 80, 'localhost', '/a?'],
    ['http://localhost/a?b#c?d', 'localhost', 80, 'localhost', '/a?b'],
    ['http://localhost#/a', 'localhost', 80, 'localhost', '/'],
    ['http://localhost/a/../b/./c', 'localhost', 80, 'localhost', '/b/c'],
    ['http://localhost//a', 'localhost', 80, 'localhost', '//a'],
    // Characters that end the host.
    ['http://127.0.0.1/@example.com/', '127.0.0.1', 80, '127.0.0.1', '/@example.com/'],
    ['http://127.0.0.1\\@example.com/', '127.0.0.1', 80, '127.0.0.1', '/@example.com/'],
    ['http://127.0.0.1?@example.com/', '127.0.0.1', 80, '127.0.0.1', '/?@example.com/'],
    ['http://127.0.0.1:80@example.com/', 'example.com', 80, 'example.com', '/'],
    // Placeholders stay as written; other braces are escaped.
    [
      'http://localhost/{{ id }}/{x}?q={{secret.KEY}}',
      'localhost',
      80,
      'localhost',
      '/{{id}}/%7Bx%7D?q={{secret.KEY}}',
    ],
    ['http://localhost/placeholder0z/{{a}}', 'localhost', 80, 'localhost', '/placeholder0z/{{a}}'],
  ])('%s', (url, hostname, port, host, target) => {
    expect(wireUrl(url)).toMatchObject({ hostname, port, host, target, isSecure: url.startsWith('https') });
  });

  it('is relative to a base, whose user goes along, and not to another server', () => {
    const base = 'https://u:p@localhost:1/base/x';
    expect(wireUrl('a', base)).toMatchObject({ origin: 'https://localhost:1', target: '/base/a' });
    expect(wireUrl('/a', base).authorization).toBe('Basic dTpw');
    expect(wireUrl('//127.0.0.1/a', base)).toMatchObject({
      origin: 'https://127.0.0.1',
      target: '/a',
      authorization: undefined,
    });
  });

  it.each([
    ['http://user:pw@localhost/', 'user:pw'],
    ['http://user@localhost/', 'user:'],
    ['http://:pw@localhost/', ':pw'],
    ['http://a%40b:p%3Aw@localhost/', 'a@b:p:w'],
    ['http://ü:%C3%A4@localhost/', 'ü:ä'],
    ['http://100%:%zz@localhost/', '100%:%zz'],
  ])('%s has its user and password in Authorization', (url, credentials) => {
    const { user: _user, authorization, ...rest } = wireUrl(url);
    expect(authorization).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`);
    expect(basicAuthorization(credentials)).toBe(authorization);
    expect(JSON.stringify(rest)).not.toContain('user');
    expect(fullUrl(wireUrl(url))).toBe('http://localhost/');
  });

  it('has secrets as user and password, which are filled in as they are', () => {
    const url = 'http://me%40x:{{ secret.PW }}@127.1:80/a/{{secret.PW}}#f';
    const wire = wireUrl(url);
    expect(wire).toMatchObject({ hostname: '127.0.0.1', user: 'me%40x:{{secret.PW}}', target: '/a/{{secret.PW}}' });
    expect(hasSecretUser(wire)).toBe(true);
    expect(fullUrl(wire)).toBe('http://me%40x:{{secret.PW}}@127.0.0.1/a/{{secret.PW}}');
    const secretOf = (name: string): string | undefined => (name === 'PW' ? 'ü%41@/' : undefined);
    expect(wireUrl(url, undefined, secretOf).authorization).toBe(basicAuthorization('me@x:ü%41@/'));
    expect(wireUrl('/b', 'http://{{secret.A}}:{{secret.PW}}@x/', secretOf)).toMatchObject({
      target: '/b',
      user: '{{secret.A}}:{{secret.PW}}',
      authorization: basicAuthorization('{{secret.A}}:ü%41@/'),
    });
    expect(hasSecretUser(wireUrl('http://a:b@x/{{secret.A}}'))).toBe(false);
  });

  it('is asked for without showing a password', () => {
    expect(() => wireUrl('ftp://user:secret@localhost/')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });

  it('has the secrets of user and password in Authorization, whatever they are, and goes where it went', () => {
    const url = 'http://{{secret.USER}}:{{ secret.PW }}@localhost:1/{{secret.PATH}}';
    const secretOf = (name: string): string => ({ USER: 'ann', PW: 'p@0.0.0.0/%zz?#:' })[name] ?? name;
    const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;
    const at = { origin: 'http://localhost:1', target: '/{{secret.PATH}}' };
    expect(wireUrl(url, undefined, secretOf)).toMatchObject({ ...at, authorization: basic('ann:p@0.0.0.0/%zz?#:') });
    expect(wireUrl('/x', url, secretOf)).toMatchObject({
      origin: at.origin,
      authorization: basic('ann:p@0.0.0.0/%zz?#:'),
    });
    // Without the secrets, when only the host matters.
    expect(wireUrl(url)).toMatchObject({ ...at, authorization: basic('{{secret.USER}}:{{secret.PW}}') });
  });

  it.each([
    'ftp://localhost/',
    'file:///etc/passwd',
    'javascript:1',
    'localhost:80/',
    '/path',
    'http://',
    'http://256.0.0.1/',
    'http://127.0.0.1:65536/',
    'http://{{host}}/',
    'http://{host}/',
    'http://127.0.0.1{{x}}/',
    'http://127.0.0.1:{{port}}/',
    'http://{{user}}@localhost/',
    'http://{{secret.a-b}}@localhost/',
    'http://{{secret.HOST}}/',
    '{{scheme}}://localhost/',
  ])('%s has none', (url) => {
    expect(() => wireUrl(url)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
