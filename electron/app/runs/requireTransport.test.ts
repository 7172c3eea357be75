import { describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import { urlTargetSchema } from '../../../shared/run/target';
import { type Scenario, scenarioSchema } from '../../../shared/scenario/schema';
import { requireTransport } from './requireTransport';

function scenario(overrides: Record<string, unknown>): Scenario {
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'mine',
    name: 'Mine',
    load: { executor: 'constant-vus', vus: 1, duration: '1s' },
    ...overrides,
  });
}

const plain = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1:1/' });
const secure = { ...plain, url: 'https://127.0.0.1:1/' };
const proxy = 'http://127.0.0.1:3128';
const autocannon = { executor: 'constant-vus', vus: 1, duration: '1s', driver: 'autocannon' };

describe('a proxy, HTTP/2 and TLS options', () => {
  it.each([
    ['the built-in service', { proxy }, engineConfig('memory')],
    ['the built-in service', { httpVersion: '2' }, engineConfig('memory')],
    ['the built-in service', { tls: { insecureSkipTLSVerify: true } }, engineConfig('memory')],
    ['a driver that knows neither', { proxy, load: autocannon }, plain],
    ['a driver that knows neither', { httpVersion: '2', load: autocannon }, secure],
    ['a Unix socket', { proxy }, { ...plain, unixSocket: '/run/a.sock' }],
    ['no server that could agree to it', { httpVersion: '2' }, plain],
    ['HTTP/2 without TLS through a proxy', { httpVersion: '2-prior-knowledge', proxy }, plain],
  ])('are refused with %s', (_why, overrides, target) => {
    expect(() => requireTransport(scenario(overrides), target)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each([
    [{}, engineConfig('memory')],
    [{ httpVersion: '1.1' }, engineConfig('memory')],
    [{ tls: {} }, engineConfig('memory')],
    [{ tls: { caFile: 'ca.pem' } }, secure],
    [{ proxy }, plain],
    [{ proxy, httpVersion: '2' }, secure],
    [{ proxy, httpVersion: '2-prior-knowledge' }, secure],
    [{ httpVersion: '2-prior-knowledge' }, plain],
    [{ httpVersion: '2', requests: [{ url: '/' }, { url: 'https://127.0.0.1:2/' }] }, plain],
  ])('fit otherwise', (overrides, target) => {
    expect(() => requireTransport(scenario(overrides), target)).not.toThrow();
  });

  it.each([
    'https://127.0.0.1:3128',
    'socks5://127.0.0.1:1080',
    '127.0.0.1:3128',
    'http://127.0.0.1',
    'http://127.0.0.1:3128/path',
    'http://127.0.0.1:3128?a',
    'http://{{host}}:3128',
  ])('a proxy is not %s', (named) => {
    expect(() => scenario({ proxy: named })).toThrow(/proxy/);
  });

  it('a proxy may be written with a slash, an address and a user', () => {
    for (const named of [
      'http://proxy.test:80/',
      'http://[::1]:3128',
      'http://{{secret.A}}:{{secret.B}}@127.0.0.1:8080',
    ])
      expect(scenario({ proxy: named }).proxy).toBe(named);
  });
});
