import { describe, expect, it } from 'vitest';
import { checkDraft, checkTls, newDraft } from './draft';
import { describeTls, hasTlsOptions, tlsOf, tlsOptionsSchema } from './tlsOptions';

function problemsOf(tls: unknown): string[] {
  const checked = checkDraft({ ...newDraft(new Set()), requests: [{ url: 'https://127.0.0.1:1/' }], tls });
  return checked.ok ? [] : checked.problems.map(({ path }) => path);
}

describe('the TLS options of a scenario', () => {
  it.each([
    [{}],
    [{ insecureSkipTLSVerify: true }],
    [{ caFile: 'ca.pem', serverName: 'localhost', minVersion: 'TLSv1.3' }],
    [{ certFile: '/etc/client.pem', keyFile: '/etc/client.pem', serverName: 'a_b.shop-1.example' }],
  ])('can be %j', (tls) => {
    expect(problemsOf(tls)).toEqual([]);
  });

  const wrong: readonly (readonly [path: string, tls: unknown])[] = [
    ['tls.keyFile', { certFile: 'client.pem' }],
    ['tls.certFile', { keyFile: 'key.pem' }],
    ['tls.caFile', { caFile: '' }],
    ['tls.caFile', { caFile: 'a'.repeat(5_000) }],
    ['tls.minVersion', { minVersion: 'SSLv3' }],
    ['tls.insecureSkipTLSVerify', { insecureSkipTLSVerify: 'yes' }],
    ...['127.0.0.1', '[::1]', 'https://shop.example', 'shop.example:443', 'shop.example/', 'a b', 'a..b', '-'].map(
      (serverName) => ['tls.serverName', { serverName }] as const,
    ),
  ];

  it.each(wrong)('have a problem at %s: %j', (path, tls) => {
    expect(problemsOf(tls)).toEqual([path]);
  });

  it('have the same problems beside a URL', () => {
    const tls = tlsOptionsSchema.parse({ certFile: 'client.pem', serverName: '127.0.0.1' });
    expect(checkTls(tls).map(({ path }) => path)).toEqual(['tls.keyFile', 'tls.serverName']);
    expect(checkTls(tlsOptionsSchema.parse({ serverName: 'localhost' }))).toEqual([]);
  });

  it('are named without the paths of their files', () => {
    expect(describeTls(tlsOptionsSchema.parse({}))).toBe('');
    const files = { caFile: '/home/ann/ca.pem', certFile: 'a.pem', keyFile: 'a.pem' };
    const all = { insecureSkipTLSVerify: true, ...files, serverName: 'localhost', minVersion: 'TLSv1.3' };
    expect(describeTls(tlsOptionsSchema.parse(all))).toBe(
      'certificate not verified, CA file, client certificate, server name localhost, at least TLS 1.3',
    );
  });

  it('are replaced as a whole by those of the target', () => {
    const [own, ofTarget] = [{ caFile: 'ca.pem' }, { serverName: 'a' }].map((tls) => tlsOptionsSchema.parse(tls));
    expect(tlsOf({ tls: own }, {})).toBe(own);
    expect(tlsOf({ tls: own }, { tls: ofTarget })).toBe(ofTarget);
    expect(tlsOf({}, {})).toBeUndefined();
  });

  it('are none where all have their defaults', () => {
    expect(hasTlsOptions(tlsOptionsSchema.parse({}))).toBe(false);
    expect(hasTlsOptions(tlsOptionsSchema.parse({ insecureSkipTLSVerify: true }))).toBe(true);
    expect(hasTlsOptions(tlsOptionsSchema.parse({ minVersion: 'TLSv1.3' }))).toBe(true);
  });
});
