import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tlsOptionsSchema } from '../../shared/scenario/tlsOptions';
import { level } from '../../tests/support/factories';

const { stored } = vi.hoisted(() => {
  const items = new Map<string, string>();
  vi.stubGlobal('window', { proofload: {} });
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => items.set(name, value),
    removeItem: (name: string) => items.delete(name),
  });
  return { stored: items };
});

const { chosenClimb, chosenRun, chosenService, useCatalogStore } = await import('./catalogStore');

const fresh = useCatalogStore.getInitialState();
const state = () => useCatalogStore.getState();
const url = 'https://127.0.0.1:1/';
const tls = tlsOptionsSchema.parse({ caFile: 'ca.pem', insecureSkipTLSVerify: true });

beforeEach(() => {
  useCatalogStore.setState(fresh, true);
  stored.clear();
});

describe('the TLS options beside a URL', () => {
  it('go with its runs and tries, and not with those of an engine', () => {
    state().setTls(tls);
    expect(chosenService(state())).toBeUndefined();
    state().chooseUrl();
    expect(chosenService(state())).toBeUndefined();
    state().setUrl(` ${url} `);
    const target = { kind: 'url', url, tls };
    expect(chosenService(state())).toEqual(target);
    expect(chosenClimb(state()).target).toEqual(target);
    expect(chosenRun(state(), level('level-2')).target).toEqual(target);
    state().chooseEngine('memory');
    expect(chosenClimb(state()).target).toEqual({ kind: 'engine', engine: 'memory', options: {} });
  });

  it('are left out where all have their defaults, so that those of a scenario are used', () => {
    state().chooseUrl();
    state().setUrl(url);
    state().setTls(tlsOptionsSchema.parse({}));
    expect(chosenService(state())).toEqual({ kind: 'url', url });
  });

  it('are remembered, but for skipping the verification', async () => {
    state().setTls(tls);
    const remembered = stored.get('proofload.target') ?? '';
    useCatalogStore.setState(fresh, true);
    expect(state().tls).toEqual({ insecureSkipTLSVerify: false });
    stored.set('proofload.target', remembered);
    await useCatalogStore.persist.rehydrate();
    expect(state().tls).toEqual({ caFile: 'ca.pem', insecureSkipTLSVerify: false });
  });

  it('have their defaults where what is remembered cannot be read', async () => {
    stored.set('proofload.target', JSON.stringify({ state: { tls: { caFile: 7 } }, version: 0 }));
    await useCatalogStore.persist.rehydrate();
    expect(state().tls).toEqual({ insecureSkipTLSVerify: false });
    expect(state().levelId).toBe(fresh.levelId);
  });
});
