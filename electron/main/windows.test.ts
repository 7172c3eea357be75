import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** The page of a fake window. */
class FakeContents extends EventEmitter {
  openHandler: (() => { action: string }) | undefined;
  readonly sent: unknown[] = [];

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  getURL(): string {
    return 'proofload://app/';
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
}

/** A fake window that records what is done to it. */
class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = [];
  static getAllWindows(): FakeWindow[] {
    return FakeWindow.all;
  }
  static getFocusedWindow(): FakeWindow | null {
    return null;
  }
  readonly options: { webPreferences: object };
  readonly webContents = new FakeContents();
  readonly loaded: string[] = [];
  readonly done: string[] = [];
  minimized = false;

  constructor(options: { webPreferences: object }) {
    super();
    this.options = options;
    FakeWindow.all.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  isDestroyed(): boolean {
    return this.done.includes('destroy');
  }
  destroy(): void {
    this.done.push('destroy');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.done.push('restore');
  }
  focus(): void {
    this.done.push('focus');
  }
  show(): void {
    this.done.push('show');
  }
}

const boxes: string[] = [];
/** What waits for its time. */
const due: (() => void)[] = [];
const permissions: {
  request?: (contents: unknown, permission: string, decide: (granted: boolean) => void) => void;
  check?: (contents: unknown, permission: string) => boolean;
  device?: (details: object) => boolean;
} = {};
vi.mock('electron', () => ({
  BrowserWindow: FakeWindow,
  dialog: { showMessageBox: async ({ message }: { message: string }) => boxes.push(message) },
  nativeTheme: { shouldUseDarkColors: false },
  screen: { getAllDisplays: () => [] },
  session: {
    defaultSession: {
      setPermissionRequestHandler: (handler: NonNullable<typeof permissions.request>) => {
        permissions.request = handler;
      },
      setPermissionCheckHandler: (handler: NonNullable<typeof permissions.check>) => {
        permissions.check = handler;
      },
      setDevicePermissionHandler: (handler: NonNullable<typeof permissions.device>) => {
        permissions.device = handler;
      },
    },
  },
}));
const { denyPermissions, Windows } = await import('./windows');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-windows-'));
  FakeWindow.all = [];
  boxes.length = 0;
  due.length = 0;
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function opened(): { windows: InstanceType<typeof Windows>; window: FakeWindow } {
  const windows = new Windows({
    preloadFile: 'preload.cjs',
    pageUrl: 'proofload://app/',
    iconFile: 'icon.png',
    stateFolder: folder,
    locale: () => 'de-CH',
    later: (then) => void due.push(then),
  });
  windows.open();
  const [window] = FakeWindow.all;
  if (!window) throw new Error('no window was opened');
  return { windows, window };
}

describe('a window', () => {
  it('is sandboxed and isolated, without Node and without pages of others inside', () => {
    expect(opened().window.options.webPreferences).toEqual({
      preload: 'preload.cjs',
      additionalArguments: ['--proofload-locale=de-CH'],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    });
  });

  it('opens no other, goes nowhere and holds no other page', () => {
    const { webContents } = opened().window;
    expect(webContents.openHandler?.()).toEqual({ action: 'deny' });
    const isRefused = (event: string, details: object): boolean => {
      const preventDefault = vi.fn();
      webContents.emit(event, { ...details, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    expect(isRefused('will-frame-navigate', { isMainFrame: true, url: 'https://example.invalid/' })).toBe(true);
    expect(isRefused('will-frame-navigate', { isMainFrame: true, url: 'proofload://app/other.html' })).toBe(true);
    expect(isRefused('will-frame-navigate', { isMainFrame: false, url: 'proofload://app/' })).toBe(true);
    expect(isRefused('will-frame-navigate', { isMainFrame: true, url: 'proofload://app/' })).toBe(false);
    expect(isRefused('will-attach-webview', {})).toBe(true);
  });

  it('is brought before all others, also from where windows are put away', () => {
    const { windows, window } = opened();
    windows.focus();
    expect(window.done).toEqual(['focus']);
    window.minimized = true;
    windows.focus();
    expect(window.done).toEqual(['focus', 'restore', 'focus']);
  });
});

describe('a window that crashes', () => {
  const crash = (window: FakeWindow, reason = 'crashed'): void => {
    window.webContents.emit('render-process-gone', {}, { reason });
    for (const then of due.splice(0)) then();
  };

  it('is loaded anew, three times in a minute, and then no more: it says so', () => {
    const { window } = opened();
    for (let count = 1; count <= 3; count += 1) {
      crash(window);
      expect(window.loaded).toHaveLength(1 + count);
      expect(window.loaded.at(-1)).toMatch(/^proofload:\/\/app\/#.*crashed/);
    }
    expect(boxes).toEqual([]);
    crash(window);
    expect(window.loaded).toHaveLength(4);
    expect(boxes).toEqual(['The window keeps crashing']);
  });

  it('is loaded anew as often as it takes when the crashes are far apart', () => {
    const { window } = opened();
    for (let count = 1; count <= 10; count += 1) {
      vi.setSystemTime(count * 30_000);
      crash(window);
      expect(window.loaded).toHaveLength(1 + count);
    }
    expect(boxes).toEqual([]);
  });

  it('is not loaded anew when the app is stopped by what ended its page', () => {
    const { windows, window } = opened();
    window.webContents.emit('render-process-gone', {}, { reason: 'killed' });
    expect(window.loaded).toHaveLength(1);
    windows.closeAtOnce();
    for (const then of due.splice(0)) then();
    expect(window.loaded).toHaveLength(1);
  });

  it('is not loaded anew when it was closed', () => {
    const { window } = opened();
    crash(window, 'clean-exit');
    expect(window.loaded).toHaveLength(1);
  });
});

describe('what a page may ask for', () => {
  it('is a picture for the clipboard, and no other permission and no device', () => {
    denyPermissions();
    const { request, check, device } = permissions;
    const asked = (permission: string): unknown => {
      const decide = vi.fn();
      request?.({}, permission, decide);
      return decide.mock.calls[0]?.[0];
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'openExternal'])
      expect([permission, asked(permission), check?.({}, permission)]).toEqual([permission, false, false]);
    expect([asked('clipboard-sanitized-write'), check?.({}, 'clipboard-sanitized-write')]).toEqual([true, true]);
    for (const deviceType of ['hid', 'serial', 'usb']) expect(device?.({ deviceType, device: {} })).toBe(false);
  });
});
