import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProofloadError } from '../../../shared/errors/appError';
import { methodChannel } from '../../../shared/ipc/channels';
import { methodNames } from '../../../shared/ipc/contract';
import type { SenderFrame } from './sender';

type Listener = (event: { senderFrame: SenderFrame | null }, input: unknown) => unknown;
const listeners = new Map<string, Listener>();
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) },
}));
const { registerHandlers } = await import('./register');

/** Stands for the handlers of all methods. Calls `called` with the name of the method that was reached. */
function handlersThat(called: (name: PropertyKey) => void): Parameters<typeof registerHandlers>[0] {
  const names: readonly string[] = methodNames;
  return new Proxy(Object.create(null), {
    get: (_none, name) => (names.includes(String(name)) ? () => called(name) : undefined),
  });
}

describe('calls of the window', () => {
  const called: PropertyKey[] = [];
  beforeEach(() => {
    called.length = 0;
    listeners.clear();
  });

  function call(frame: SenderFrame | null, pageUrl: string, input: unknown = undefined): unknown {
    registerHandlers(
      handlersThat((name) => called.push(name)),
      pageUrl,
    );
    return listeners.get(methodChannel('getPreferences'))?.({ senderFrame: frame }, input);
  }

  const app = 'proofload://app';

  it.each([
    ['our page', 'proofload://app/', app],
    ['our page with something to show', 'proofload://app/#run=1', app],
    ['the page of the development server', 'http://localhost:5173/', 'http://localhost:5173'],
  ])('of %s are answered', async (_name, url, pageUrl) => {
    expect(await call({ url, parent: null }, pageUrl)).toMatchObject({ ok: true });
    expect(called).toEqual(['getPreferences']);
  });

  it.each([
    ['a file', 'file:///index.html', app],
    ['a file with our host', 'file://app/index.html', app],
    ['data', 'data:text/html,<p>hello', app],
    ['an empty page', 'about:blank', app],
    ['a text that stands for a page', 'about:srcdoc', app],
    ['another host of our protocol', 'proofload://evil/', app],
    ['a host that begins like ours', 'proofload://app.evil/', app],
    ['our host with a port', 'proofload://app:1/', app],
    ['a host that is named like our user', 'proofload://app@evil/', app],
    ['our host by another protocol', 'https://app/', app],
    ['a page that has no address yet', '', app],
    ['another port of this machine', 'http://localhost:5174/', 'http://localhost:5173'],
    ['the development server by another protocol', 'https://localhost:5173/', 'http://localhost:5173'],
  ])('of %s are refused', async (_name, url, pageUrl) => {
    expect(await call({ url, parent: null }, pageUrl)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('foreign page') },
    });
    expect(called).toEqual([]);
  });

  it('of a frame in our page, and of one that is gone, are refused', async () => {
    expect(await call({ url: 'proofload://app/', parent: {} }, app)).toMatchObject({ ok: false });
    expect(await call(null, app)).toMatchObject({ ok: false });
    expect(called).toEqual([]);
  });

  it('reach no handler with an input that the contract does not allow', async () => {
    const outcome = await call({ url: 'proofload://app/', parent: null }, app, { surprise: true });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(called).toEqual([]);
  });

  it('tell of each that fails, which is what a report of a defect needs', async () => {
    const told: unknown[] = [];
    registerHandlers(
      handlersThat(() => {
        throw new ProofloadError('run-active', 'a run is going on', 'wait for its end');
      }),
      app,
      (name, error) => told.push([name, error.code]),
    );
    await listeners.get(methodChannel('getPreferences'))?.(
      { senderFrame: { url: 'proofload://app/', parent: null } },
      undefined,
    );
    expect(told).toEqual([['getPreferences', 'run-active']]);
  });

  it('are checked for every method alike', async () => {
    await call(null, app);
    expect(listeners.size).toBe(methodNames.length);
    for (const name of methodNames) {
      const outcome = listeners.get(methodChannel(name))?.(
        { senderFrame: { url: 'proofload://evil/', parent: null } },
        undefined,
      );
      expect({ name, outcome: await outcome }).toMatchObject({
        name,
        outcome: { ok: false, error: { message: expect.stringContaining('foreign page') } },
      });
    }
    expect(called).toEqual([]);
  });
});
