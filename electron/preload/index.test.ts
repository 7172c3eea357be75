import { beforeAll, describe, expect, it, vi } from 'vitest';
import { methodChannel, runEventChannel } from '../../shared/ipc/channels';
import { type Bridge, methodNames } from '../../shared/ipc/contract';

const invoked: unknown[][] = [];
const listeners = new Map<string, (event: unknown, announced: unknown) => void>();
const exposed = new Map<string, Bridge>();
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: Bridge) => exposed.set(name, api) },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => invoked.push(args),
    on: (channel: string, listener: (event: unknown, announced: unknown) => void) => listeners.set(channel, listener),
    off: (channel: string) => listeners.delete(channel),
  },
  webUtils: { getPathForFile: (file: File) => `/dropped/${file.name}` },
}));

describe('the bridge', () => {
  beforeAll(async () => {
    // As in the build (electron.vite.config.ts).
    vi.stubGlobal('__METHOD_NAMES__', methodNames);
    process.argv.push('--proofload-locale=de-CH');
    await import('./index');
    process.argv.pop();
  });
  const bridge = (): Bridge => {
    const [api] = exposed.values();
    if (!api) throw new Error('nothing was exposed');
    return api;
  };

  it('has the methods of the contract, the announcements and nothing else', () => {
    expect([...exposed.keys()]).toEqual(['proofload']);
    expect(Object.keys(bridge()).sort()).toEqual(
      [
        ...methodNames,
        'locale',
        'onConformance',
        'onExperiment',
        'onImport',
        'onRequest',
        'onRunEvent',
        'pathOf',
      ].sort(),
    );
    expect(bridge().locale).toBe('de-CH');
  });

  it('calls each method on its own channel, with its input', async () => {
    for (const name of methodNames) {
      const call: (input: never) => Promise<unknown> = bridge()[name];
      invoked.length = 0;
      await Reflect.apply(call, undefined, [{ of: name }]);
      expect(invoked).toEqual([[methodChannel(name), { of: name }]]);
    }
  });

  it('hands over what is announced without the event, until it is told to end', () => {
    const heard: unknown[] = [];
    const end = bridge().onRunEvent((event) => heard.push(event));
    listeners.get(runEventChannel)?.({ sender: 'of Electron' }, { type: 'phase', phase: 'running' });
    expect(heard).toEqual([{ type: 'phase', phase: 'running' }]);
    end();
    expect(listeners.size).toBe(0);
  });
});
