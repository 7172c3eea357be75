import { describe, expect, it, vi } from 'vitest';
import type { Catalog } from '../../../shared/ipc/contract';
import type { TlsOptions } from '../../../shared/scenario/tlsOptions';
import { level } from '../../../tests/support/factories';

vi.hoisted(() => {
  // Modules look up the bridge of the preload script when they load.
  vi.stubGlobal('window', { proofload: {} });
});
const { setupFacts } = await import('./setupState');

const catalog: Pick<Catalog, 'levels' | 'engines'> = {
  levels: [level('level-2')],
  engines: [{ id: 'sqlite', name: 'SQLite, optimised', description: '', usesSqlite: true, settings: [] }],
};
const state = {
  levelId: 'level-2',
  targetKind: 'engine',
  engine: 'sqlite',
  engineOptions: {},
  url: '',
  tls: { insecureSkipTLSVerify: false },
  quick: false,
  takesProfile: false,
  generator: 'proofload',
} as const;

describe('what the next run will be, in one line', () => {
  it('names target, level, length and profile', () => {
    expect(setupFacts(state, catalog, []).map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Target: SQLite, optimised',
      'Level: 2 Target',
      'Duration: 2m',
      'CPU profile: off',
    ]);
  });

  it('names another tool that makes the load', () => {
    expect(setupFacts({ ...state, generator: 'k6' }, catalog, []).at(-1)).toEqual({
      label: 'Generator',
      value: 'k6',
      note: '',
    });
  });

  it('says that a quick run is shortened, and shows no secret of a URL', () => {
    const facts = setupFacts(
      { ...state, quick: true, targetKind: 'url', url: 'http://user:secret@127.0.0.1:1/' },
      catalog,
      [],
    );
    expect(facts.find(({ label }) => label === 'Duration')).toMatchObject({ value: '30s', note: 'shortened' });
    expect(JSON.stringify(facts)).not.toContain('secret');
    expect(facts.some(({ label }) => label === 'CPU profile')).toBe(false);
  });

  it('says beside a URL how its certificate is verified, where that is not the default', () => {
    const url = 'https://127.0.0.1:1/';
    const noteOf = (tls: TlsOptions, typed = url) =>
      setupFacts({ ...state, targetKind: 'url', url: typed, tls }, catalog, [])[0]?.note;
    expect(noteOf({ insecureSkipTLSVerify: false })).toBe('');
    expect(noteOf({ insecureSkipTLSVerify: true, caFile: '/home/ann/ca.pem' })).toBe(
      'certificate not verified, CA file',
    );
    expect(noteOf({ insecureSkipTLSVerify: true }, '')).toBe('');
  });

  it('calls a scenario of the user by its name', () => {
    const mine = { ...level('level-2'), id: 'mine', name: 'Mine' };
    expect(setupFacts({ ...state, levelId: 'mine' }, catalog, [mine])[1]).toMatchObject({
      label: 'Scenario',
      value: 'Mine',
    });
  });

  it('counts the rate of journeys in iterations, and calls an engine that keeps nothing not durable', () => {
    const mine = { ...level('level-2'), id: 'mine', journeys: [] };
    expect(setupFacts({ ...state, levelId: 'mine' }, catalog, [mine])[1]?.note).toBe('200 iterations/s');
    expect(setupFacts({ ...state, engine: 'memory' }, catalog, [])[0]?.note).toBe('not durable');
    expect(setupFacts(state, catalog, [])[0]?.note).toBe('power-safe');
  });

  it('names the server of requests to a service of the user, which is no engine', () => {
    const request = { weight: 1, method: 'GET', headers: {} } as const;
    const mine = {
      ...level('level-2'),
      id: 'mine',
      name: 'Mine',
      requests: [{ ...request, url: 'http://127.0.0.1:3000/a?b=1' }],
    };
    const facts = setupFacts({ ...state, levelId: 'mine' }, catalog, [mine]);
    expect(facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Target: http://127.0.0.1:3000',
      'Scenario: Mine',
      'Duration: 2m',
    ]);
    const paths = { ...mine, requests: [{ ...request, url: '/a' }] };
    expect(setupFacts({ ...state, levelId: 'mine' }, catalog, [paths])[0]).toMatchObject({ value: 'no URL yet' });
    const given = setupFacts({ ...state, levelId: 'mine', targetKind: 'url', url: 'http://127.0.0.1:1/' }, catalog, [
      mine,
    ]);
    expect(given[0]).toMatchObject({ value: 'http://127.0.0.1:1/' });
  });
});
