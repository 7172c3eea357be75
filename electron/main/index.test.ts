import { EventEmitter } from 'node:events';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deferred } from '../hosting/deferred';

/** The calls to the parts of the app, in order. */
const done: string[] = [];
const state = { isBusy: false, isEmbeddedRunning: false };

/** Electron's app, ready at once. */
class FakeApp extends EventEmitter {
  readonly isPackaged = true;
  readonly commandLine = { hasSwitch: () => false, removeSwitch: () => {} };
  requestSingleInstanceLock = (): boolean => true;
  setAsDefaultProtocolClient = (): void => {};
  setPath = (): void => {};
  getAppPath = (): string => '/app';
  whenReady = (): Promise<void> => Promise.resolve();
  quit = (): void => void done.push('quit');
  exit = (): void => void done.push('exit');
}
const app = new FakeApp();

vi.mock('electron', () => ({ app, dialog: { showErrorBox: (title: string) => done.push(title) } }));
vi.mock('./appProtocol', () => ({ appOrigin: 'proofload://app', declareAppProtocol: () => {}, serveApp: () => {} }));
const painted = new Deferred<void>();
vi.mock('./windows', () => ({
  denyPermissions: () => done.push('deny permissions'),
  Windows: class {
    painted = painted.promise;
    open = () => done.push('open a window');
    focus = () => done.push('focus');
    request = (request: object) => done.push(JSON.stringify(request));
  },
}));
vi.mock('./menu', () => ({
  AppMenu: class {
    show = () => done.push('show the menu');
  },
}));
vi.mock('./preferences', () => ({ PreferenceStore: class {} }));
vi.mock('./ipc/register', () => ({
  registerMethods: (answer: Promise<unknown>) => {
    done.push('receive calls');
    void answer.then(() => done.push('answer calls'));
  },
}));
vi.mock('./handlers/createHandlers', () => ({ createHandlers: () => ({}) }));
vi.mock('./createDesktopApp', () => ({
  createDesktopApp: () => {
    done.push('create the services');
    return desktopApp;
  },
}));
const desktopApp = {
  historyWork: { close: () => done.push('end the work on the history') },
  packing: { end: () => done.push('end packing') },
  services: {
    history: { close: () => done.push('close the history') },
    databases: {
      get isEmbeddedRunning() {
        return state.isEmbeddedRunning;
      },
      close: async () => {
        done.push('close the databases');
        state.isEmbeddedRunning = false;
      },
    },
  },
  session: {
    get isBusy() {
      return state.isBusy;
    },
    stop: async (reason: string) => {
      done.push(`stop the run: ${reason}`);
      state.isBusy = false;
    },
    released: async () => done.push('released'),
  },
  conformance: { stop: () => done.push('stop the suite') },
  experiments: { pause: () => done.push('pause the experiment') },
};

/** Lets everything happen that is due. */
const turn = (): Promise<void> => new Promise((turned) => setImmediate(turned));

describe('the program of the window', () => {
  let atStart: string[] = [];
  let afterPaint: string[] = [];
  beforeAll(async () => {
    await import('./index');
    await vi.waitFor(() => expect(done).toContain('open a window'));
    // As long as the services would take that did not wait.
    await import('./connectDesktop');
    await turn();
    atStart = [...done];
    painted.resolve();
    await vi.waitFor(() => expect(done).toContain('create the services'));
    await turn();
    afterPaint = done.slice(atStart.length);
  });
  beforeEach(() => {
    done.length = 0;
    Object.assign(state, { isBusy: false, isEmbeddedRunning: false });
  });

  /** Asks the app to quit, as a closed window does. Returns whether the app delays it. */
  const askToQuit = (): boolean => {
    const preventDefault = vi.fn();
    app.emit('before-quit', { preventDefault });
    return preventDefault.mock.calls.length > 0;
  };

  it('denies what pages may ask for, receives their calls and has its menu before it opens a window', () => {
    expect(atStart).toEqual(['deny permissions', 'receive calls', 'show the menu', 'open a window']);
  });

  it('loads and creates the services when the window is painted', () => {
    expect(afterPaint).toEqual(['create the services', 'answer calls']);
  });

  it('stops and saves a run that goes on before it quits', async () => {
    state.isBusy = true;
    expect(askToQuit()).toBe(true);
    await vi.waitFor(() => expect(done).toContain('quit'));
    expect(done).toEqual([
      'end packing',
      'stop the suite',
      'pause the experiment',
      'stop the run: Proofload was closed.',
      'released',
      'close the databases',
      'quit',
    ]);
    expect(askToQuit()).toBe(false);
  });

  it('stops the embedded PostgreSQL before it quits', async () => {
    state.isEmbeddedRunning = true;
    expect(askToQuit()).toBe(true);
    await vi.waitFor(() => expect(done.slice(-2)).toEqual(['close the databases', 'quit']));
  });

  it('quits at once when nothing goes on, and closes the history', () => {
    expect(askToQuit()).toBe(false);
    app.emit('will-quit');
    expect(done).toEqual(['end packing', 'end the work on the history', 'close the history']);
  });

  it('comes to the front at a second start, or shows the run that this one asks for', () => {
    app.emit('second-instance', {}, ['proofload']);
    expect(done).toEqual(['focus']);
    app.emit('second-instance', {}, ['proofload', 'proofload://run/20260101-000000-abcdef']);
    expect(done.slice(1)).toEqual([expect.stringMatching(/open-run.*20260101-000000-abcdef/)]);
  });
});
