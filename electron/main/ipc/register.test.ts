import { beforeEach, describe, expect, it, vi } from 'vitest';
import { methodChannel } from '../../../shared/ipc/channels';
import { methodNames } from '../../../shared/ipc/contract';
import { Deferred } from '../../hosting/deferred';
import type { Answer } from './register';
import type { SenderFrame } from './sender';

type Listener = (event: { senderFrame: SenderFrame | null }, input: unknown) => unknown;
const listeners = new Map<string, Listener>();
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) },
}));
vi.stubGlobal('__METHOD_NAMES__', methodNames);
const { registerMethods } = await import('./register');

describe('calls that come while the app starts', () => {
  const answered: unknown[] = [];
  const answer: Answer = async (...call) => {
    answered.push(call);
    return { ok: true, value: 'done' };
  };
  beforeEach(() => {
    answered.length = 0;
    listeners.clear();
  });

  it('are received for each method of the contract', () => {
    registerMethods(Promise.resolve(answer));
    expect([...listeners.keys()]).toEqual(methodNames.map(methodChannel));
  });

  it('wait until they can be answered, and are those of the page that made them', async () => {
    const ready = new Deferred<Answer>();
    registerMethods(ready.promise);
    const frame = { url: 'proofload://evil/', parent: null };
    const outcome = listeners.get(methodChannel('getPreferences'))?.({ senderFrame: frame }, 7);
    frame.url = 'proofload://app/';
    expect(answered).toEqual([]);
    ready.resolve(answer);
    expect(await outcome).toEqual({ ok: true, value: 'done' });
    expect(answered).toEqual([['getPreferences', { url: 'proofload://evil/', parent: null }, 7]]);
  });

  it('of a frame that is gone have no sender', async () => {
    registerMethods(Promise.resolve(answer));
    await listeners.get(methodChannel('getPreferences'))?.({ senderFrame: null }, undefined);
    expect(answered).toEqual([['getPreferences', null, undefined]]);
  });
});
