import { describe, expect, it } from 'vitest';
import { redactText, redactUrl } from './redact';
import { replaceInBody, replaceInHeader } from './replaceSecrets';

const hide = { secret: () => '***' };
const body = (text: string): string => replaceInBody(text, hide);
const header = (name: string, value: string): string => replaceInHeader(name, value, hide);

describe('a URL without its secrets', () => {
  it.each([
    ['http://127.0.0.1:1/a?b=c#d', 'http://127.0.0.1:1/a?b=c#d'],
    ['http://u:p@127.0.0.1/a', 'http://***@127.0.0.1/a'],
    ['http://key@127.0.0.1/a', 'http://***@127.0.0.1/a'],
    ['http://u:p@x@127.0.0.1/a', 'http://***@127.0.0.1/a'],
    ['http:u:p@127.0.0.1', 'http:***@127.0.0.1'],
    ['http:\\\\u:p@127.0.0.1', 'http:\\\\***@127.0.0.1'],
    ['ht\ttp://u:p@127.0.0.1/', 'http://***@127.0.0.1/'],
    ['//u:p@127.0.0.1/a', '//***@127.0.0.1/a'],
    ['postgres://u:p@127.0.0.1:5432/d', 'postgres://u:***@127.0.0.1:5432/d'],
    ['postgres://u:p/q@127.0.0.1/d', 'postgres://***@127.0.0.1/d'],
    ['postgres://u:p@q/r@127.0.0.1/d?sslpassword=s', 'postgres://u:***@q/r@127.0.0.1/d?sslpassword=***'],
    ['postgres://[::1]:5432/d@e', 'postgres://[::1]:5432/d@e'],
    [
      'mongodb://u:p@127.0.0.1,127.0.0.2/?tlsCertificateKeyFilePassword=s',
      'mongodb://u:***@127.0.0.1,127.0.0.2/?tlsCertificateKeyFilePassword=***',
    ],
    ['http://h/@scope/name@1?a=b', 'http://h/@scope/name@1?a=b'],
    ['http://h/?password=a&b=c&token=d', 'http://h/?password=***&b=c&token=***'],
    ['http://h/?pass%77ord=a', 'http://h/?pass%77ord=***'],
    ['http://h/?user[password]=a?b;c', 'http://h/?user[password]=***'],
    ['http://h/?a=1;api_key=2', 'http://h/?a=1;api_key=***'],
    ['http://h/a;jsessionid=1/b?sig=2#access_token=3&x=4', 'http://h/a;jsessionid=***/b?sig=***#access_token=***&x=4'],
    ['http://h/?next=http%3A%2F%2Fi%2F%3Ftoken%3Da', 'http://h/?next=***'],
    ['/a?token=b', '/a?token=***'],
    ['/a?token={{secret.T}}&n={{iteration}}', '/a?token={{secret.T}}&n={{iteration}}'],
    ['/a?token=v1-{{t}}', '/a?token=***{{t}}'],
    ['/a?max_tokens=100', '/a?max_tokens=100'],
    ['/a/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '/a/***'],
  ])('%s', (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
    expect(redactUrl(expected)).toBe(expected);
  });
});

describe('a header without its secret', () => {
  it.each([
    ['Authorization', 'Bearer abc', 'Bearer ***'],
    ['authorization', 'abc', '***'],
    ['Authorization', 'Digest username="u", response="r"', 'Digest ***'],
    ['Authorization', 'Bearer {{secret.T}}', 'Bearer {{secret.T}}'],
    ['Authorization', '{{t}}', '{{t}}'],
    ['Authorization', 'SSWS {{secret.T}}', 'SSWS {{secret.T}}'],
    ['Proxy-Authorization', 'Token token={{secret.T}}', 'Token token={{secret.T}}'],
    ['Authorization', 'key={{secret.T}}', 'key={{secret.T}}'],
    ['Authorization', 'k3y {{secret.T}}', '***{{secret.T}}'],
    ['X-Api-Key', 'word {{secret.T}}', '***{{secret.T}}'],
    ['X-API-Key', 'abc', '***'],
    ['Cookie', 'a=b; c=d', '***'],
    ['Cookie', 'a=b; session={{secret.S}}', 'a=***; session={{secret.S}}'],
    ['Set-Cookie', 'a=b; Path=/', '***'],
    ['Referer', 'http://h/?token=a', 'http://h/?token=***'],
    ['Accept', 'text/html', 'text/html'],
  ])('%s: %s', (name, value, expected) => {
    expect(header(name, value)).toBe(expected);
    expect(header(name, expected)).toBe(expected);
  });
});

describe('a body without its secrets', () => {
  it.each([
    ['{"a": 1,  "b": "password"}', '{"a": 1,  "b": "password"}'],
    ['{"password": "p", "a": 1}', '{"password": "***", "a": 1}'],
    ['{"pass\\u0077ord": "p"}', '{"pass\\u0077ord": "***"}'],
    ['{"login": {"credentials": ["a", {"b": 2}]}}', '{"login": {"credentials": ["***", {"b": "***"}]}}'],
    ['{"payload": "{\\"token\\": \\"t\\"}"}', '{"payload": "{\\"token\\": \\"***\\"}"}'],
    ['{"query": "mutation { login(password: \\"p\\") }"}', '{"query": "mutation { login(password: \\"***\\") }"}'],
    ['{"max_tokens": 100}', '{"max_tokens": 100}'],
    [
      '{"n": {{iteration}}, "token": "t", "password": {{p}}}',
      '{"n": {{iteration}}, "token": "***", "password": {{p}}}',
    ],
    ['a=1&password=p+q&grant_type=password', 'a=1&password=***&grant_type=password'],
    ['password=p&user={{u}}', 'password=***&user={{u}}'],
    ['<a><password x="1">p</password><b>c</b></a>', '<a><password x="1">***</password><b>c</b></a>'],
    ['<s:Password>p</s:Password>', '<s:Password>***</s:Password>'],
    [
      '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\np q\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
      '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n***\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--',
    ],
    ['user: u\npassword: p q, r\n', 'user: u\npassword: ***\n'],
    ['see http://u:p@h/?token=t', 'see http://***@h/?token=***'],
  ])('%s', (text, expected) => {
    expect(body(text)).toBe(expected);
    expect(body(expected)).toBe(expected);
  });

  it('is found in the time that reading it takes, whatever it is', () => {
    for (const unit of [
      'a',
      'a-',
      'a=',
      '<a>',
      '{{',
      '"a":',
      'eyJa.',
      'http://a:',
      '?a',
      '&a=b;',
      '-----BEGIN PRIVATE KEY-----',
    ])
      expect(typeof body(unit.repeat(200_000 / unit.length))).toBe('string');
  });
});

describe('a text of words without its secrets', () => {
  it.each([
    ['GET http://u:p@h/?token=t is answered by 302', 'GET http://***@h/?token=*** is answered by 302'],
    ['GET /a?api_key=k', 'GET /a?api_key=***'],
    ['refused: Bearer abc1def', 'refused: Bearer ***'],
    ['headers.Authorization: must be one line', 'headers.Authorization: must be one line'],
    ['Basic service', 'Basic service'],
  ])('%s', (text, expected) => expect(redactText(text)).toBe(expected));
});
