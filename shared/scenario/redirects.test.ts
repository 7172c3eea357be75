import { describe, expect, it } from 'vitest';
import { maxRedirectsOf, redirectHostsOf, redirectsSchema } from './redirects';

describe('redirects', () => {
  it.each([
    [undefined, 0, []],
    [0, 0, []],
    [20, 20, []],
    [{ max: 3 }, 3, []],
    [
      { max: 2, hosts: ['Login.Example.com', '::1', '127.0.0.1', 'localhost'] },
      2,
      ['login.example.com', '::1', '127.0.0.1', 'localhost'],
    ],
    [{ max: 0, hosts: ['never.test'] }, 0, []],
  ])('%j are followed %s times, also to %j', (written, max, hosts) => {
    const redirects = redirectsSchema.optional().parse(written);
    expect([maxRedirectsOf({ redirects }), redirectHostsOf({ redirects })]).toEqual([max, hosts]);
  });

  it.each([
    [-1],
    [21],
    [1.5],
    [true],
    [{ hosts: ['a'] }],
    [{ max: 1, hosts: ['a:80'] }],
    [{ max: 1, hosts: ['http://a/'] }],
    [{ max: 1, hosts: ['[::1]'] }],
  ])('%j is refused', (written) => {
    expect(redirectsSchema.safeParse(written).success).toBe(false);
  });
});
