import { describe, expect, it, vi } from 'vitest';
import type { Catalog } from '../../../shared/ipc/contract';
import { level } from '../../../tests/support/factories';

vi.hoisted(() => {
  // The bridge of the preload script is looked up when the window is loaded.
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

  it('calls a scenario of the user by its name', () => {
    const mine = { ...level('level-2'), id: 'mine', name: 'Mine' };
    expect(setupFacts({ ...state, levelId: 'mine' }, catalog, [mine])[1]).toMatchObject({
      label: 'Scenario',
      value: 'Mine',
    });
  });
});
