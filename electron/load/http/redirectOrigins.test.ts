import { describe, expect, it } from 'vitest';
import type { Origin } from './origin';
import { RedirectOrigins } from './redirectOrigins';

const tls = { ca: Buffer.from('ca'), cert: Buffer.from('cert'), key: Buffer.from('key'), servername: 'shop.test' };
const own: Origin = { hostname: '127.0.0.1', addresses: ['127.0.0.1'], port: 3000, tls: undefined };
const secure: Origin = { hostname: 'shop.test', addresses: ['192.0.2.1'], port: 443, tls };
const addresses = { 'shop.test': ['192.0.2.1'], 'login.test': ['192.0.2.2'] };

function originsFor(...origins: Origin[]) {
  const opened: Origin[] = [];
  const redirects = new RedirectOrigins(
    origins,
    { addresses, tls },
    (origin) => origins.length + opened.push(origin) - 1,
  );
  return { opened, numberOf: (url: string, from = 0) => redirects.numberOf(new URL(url), from) };
}

describe('the servers that redirects lead to', () => {
  it('are those of the requests, with the numbers that they have', () => {
    const { numberOf, opened } = originsFor(own, secure);
    expect(
      ['http://127.0.0.1:3000/x', 'https://shop.test/', 'https://shop.test:443/y'].map((url) => numberOf(url)),
    ).toEqual([0, 1, 1]);
    expect(opened).toEqual([]);
  });

  it('are opened once where they were confirmed', () => {
    const { numberOf, opened } = originsFor(own);
    expect([numberOf('http://login.test/a'), numberOf('http://login.test/b'), numberOf('http://[::1]:81/')]).toEqual([
      1, 1, 2,
    ]);
    expect(opened).toEqual([
      { hostname: 'login.test', addresses: ['192.0.2.2'], port: 80, tls: undefined },
      { hostname: '::1', addresses: ['::1'], port: 81, tls: undefined },
    ]);
  });

  it('are not opened where nobody has confirmed them, nor on this machine from elsewhere', () => {
    const { numberOf, opened } = originsFor(own, secure);
    expect(numberOf('http://other.test/')).toBeUndefined();
    expect(numberOf('http://127.0.0.1:22/', 1)).toBeUndefined();
    expect(numberOf('http://127.0.0.1:22/')).toBe(2);
    expect(numberOf('http://127.0.0.1:22/', 1)).toBeUndefined();
    expect(opened).toHaveLength(1);
  });

  it('get the certificate of the client only where requests of the scenario go', () => {
    const { numberOf, opened } = originsFor(own, secure);
    numberOf('https://shop.test:444/');
    numberOf('https://login.test/');
    expect(opened.map(({ tls: settings }) => settings)).toEqual([tls, { ca: tls.ca }]);
  });

  it('are bounded in number', () => {
    const { numberOf, opened } = originsFor(own);
    for (let port = 4_000; port < 4_100; port += 1) numberOf(`http://127.0.0.1:${port}/`);
    expect(opened).toHaveLength(20);
    expect(numberOf('http://127.0.0.1:4000/')).toBe(1);
  });
});
