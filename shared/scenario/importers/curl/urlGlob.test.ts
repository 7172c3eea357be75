import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../../tests/support/importedRequests';

const urlsOf = (text: string) => requestsOf(text).requests.map(({ url }) => url);

describe('brackets and braces in the URL of a curl command', () => {
  it.each([
    [
      'for bash, by Chrome and Safari',
      String.raw`curl 'http://x/a?filter\[name\]=ann&ids=\[1-2\]&q=\{"a":1,"b":2\}' -H 'accept: */*'`,
    ],
    ['for bash, with a quote', String.raw`curl $'http://x/a?filter\[name\]=ann&ids=\[1-2\]&q=\{"a":1,"b":2\}'`],
    [
      'for cmd, by Chrome',
      String.raw`curl ^"http://x/a?filter^\^[name^\^]=ann^&ids=^\^[1-2^\^]^&q=^\^{^\^"a^\^":1,^\^"b^\^":2^\^}^"`,
    ],
    ['with globs off', `curl -g 'http://x/a?filter[name]=ann&ids=[1-2]&q={"a":1,"b":2}'`],
    ['with globs off, by its long name', `curl --globoff 'http://x/a?filter[name]=ann&ids=[1-2]&q={"a":1,"b":2}'`],
  ])('are text where a browser has escaped them: %s', (_how, command) => {
    expect(urlsOf(command)).toEqual(['http://x/a?filter[name]=ann&ids=[1-2]&q={%22a%22:1,%22b%22:2}']);
  });

  it('are sets and ranges otherwise, also beside escaped ones', () => {
    expect(urlsOf(String.raw`curl 'http://x/{a,b}/[1-2]?p\[0\]=1'`)).toEqual([
      'http://x/a/1?p[0]=1',
      'http://x/a/2?p[0]=1',
      'http://x/b/1?p[0]=1',
      'http://x/b/2?p[0]=1',
    ]);
    expect(urlsOf('curl -g http://x/[1-2] --next http://x/[1-2]')).toEqual([
      'http://x/[1-2]',
      'http://x/1',
      'http://x/2',
    ]);
  });

  it('of an IPv6 address are none', () => {
    expect(urlsOf(String.raw`curl 'http://\[::1\]:3000/a'`)).toEqual(['http://[::1]:3000/a']);
  });

  it('leave other backslashes as they are', () => {
    expect(urlsOf(String.raw`curl -g 'http://x/a?p=\d'`)).toEqual(urlsOf(String.raw`curl 'http://x/a?p=\d'`));
  });
});
