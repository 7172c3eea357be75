import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme, session, type WebContents } from 'electron';
import { localeSwitch, requestChannel } from '../../shared/ipc/channels';
import { toFragment, type WindowRequest } from '../../shared/ipc/windowRequest';
import { Deferred } from '../hosting/deferred';
import { afterGroupSignal } from '../system/stopSignals';
import { printToStderr } from '../system/terminal';
import { readWindowState, rememberWindowState } from './windowState';

/** The options of the windows. */
export interface WindowOptions {
  preloadFile: string;
  /** The URL of the page, at the app's own protocol or at the development server. */
  pageUrl: string;
  /** The icon of the window in the lists of the system, where the package does not provide it. */
  iconFile: string;
  /** The folder for the position and size of the last window. */
  stateFolder: string;
  /** The locale of dates and numbers (userLocale.ts). Undefined for the one of reports. */
  locale(): string | undefined;
  /** As afterGroupSignal, which is the default. */
  later?: typeof afterGroupSignal;
}

/** A window that crashes more often than this in a minute is not reopened. */
const maxCrashes = 3;
const crashMemoryMs = 60_000;
/** The offset of another window, so that the previous one stays visible. */
const cascade = 32;

/** The background before the page is shown, as in the tokens of the page. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? '#0f1216' : '#f6f7f9';
}

/** A click can copy the image of a chart to the clipboard. */
const allowedPermission = 'clipboard-sanitized-write';

/** Denies all permissions that a page can request, except the one that the app needs. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(permission === allowedPermission),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === allowedPermission);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** Binds a page to its URL: it opens no window, does not navigate, and embeds no other page. */
function bindToPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // Only a reload of the current page is still allowed.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || event.url !== contents.getURL()) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The windows of the app: sandboxed, isolated, each bound to the app's page. */
export class Windows {
  readonly #options: WindowOptions;
  readonly #painted = new Deferred<void>();
  #crashes: number[] = [];

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  /** Resolves when the page of a window has been painted for the first time. */
  get painted(): Promise<void> {
    return this.#painted.promise;
  }

  /** Opens a window, optionally with something to show. */
  open(request?: WindowRequest): void {
    const stateFile = join(this.#options.stateFolder, 'window-state.json');
    const { x, y, width, height, maximized } = readWindowState(stateFile);
    const shift = this.#all().length * cascade;
    const locale = this.#options.locale();
    const window = new BrowserWindow({
      width,
      height,
      ...(x === undefined || y === undefined ? {} : { x: x + shift, y: y + shift }),
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Proofload',
      icon: this.#options.iconFile,
      backgroundColor: background(),
      webPreferences: {
        preload: this.#options.preloadFile,
        additionalArguments: locale === undefined ? [] : [`${localeSwitch}${locale}`],
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    if (maximized && shift === 0) window.maximize();
    rememberWindowState(window, stateFile);
    bindToPage(window.webContents);
    const { later = afterGroupSignal } = this.#options;
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      // A signal to the group ends the page too; then the app ends, and nothing is reopened.
      later(() => this.#reopen(window, reason));
    });
    window.once('ready-to-show', () => {
      window.show();
      this.#painted.resolve();
    });
    this.#load(window, request);
  }

  /** Shows something in the window that was last in front, or in a new one. */
  request(request: WindowRequest): void {
    const window = this.#front();
    if (!window) {
      this.open(request);
      return;
    }
    window.webContents.send(requestChannel, request);
    if (request.kind === 'open-run') this.focus();
  }

  /** Brings the window that was last in front to the front. */
  focus(): void {
    const window = this.#front();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  }

  /** Closes all windows without asking their pages. */
  closeAtOnce(): void {
    for (const window of this.#all()) window.destroy();
  }

  /** Sends an event to all windows. */
  announce(channel: string, what: object): void {
    for (const window of this.#all()) window.webContents.send(channel, what);
  }

  /** Whether a window of the app has the focus. */
  get isWatched(): boolean {
    return this.#all().some((window) => window.isFocused());
  }

  /**
   * Shows the progress from 0 to 1 where the system lists windows, on Windows in red for a breach. Undefined removes
   * it.
   */
  setProgress(share: number | undefined, isBreach = false): void {
    for (const window of this.#all()) window.setProgressBar(share ?? -1, { mode: isBreach ? 'error' : 'normal' });
  }

  #all(): BrowserWindow[] {
    return BrowserWindow.getAllWindows().filter((window) => !window.isDestroyed());
  }

  #front(): BrowserWindow | undefined {
    return BrowserWindow.getFocusedWindow() ?? this.#all()[0];
  }

  #load(window: BrowserWindow, request: WindowRequest | undefined): void {
    const fragment = request ? `#${toFragment(request)}` : '';
    void window.loadURL(`${this.#options.pageUrl}${fragment}`);
  }

  /**
   * Reloads a crashed window. The run continues, because the window does not measure it, and the window shows it again.
   */
  #reopen(window: BrowserWindow, reason: string): void {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    printToStderr(`proofload: the window has crashed (${reason})\n`);
    const nowMs = Date.now();
    this.#crashes = [...this.#crashes.filter((atMs) => nowMs - atMs < crashMemoryMs), nowMs];
    if (this.#crashes.length <= maxCrashes) {
      this.#load(window, { kind: 'crashed', reason });
      return;
    }
    // Not an error box: this process would stand still until it is closed, and a run with it.
    void dialog.showMessageBox({
      type: 'error',
      message: 'The window keeps crashing',
      detail:
        'A run in progress is measured to its end and saved. Restart Proofload; if it happens again, use the command line.',
    });
  }
}
