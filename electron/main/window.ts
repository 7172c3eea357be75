import { join } from 'node:path';
import { BrowserWindow, session } from 'electron';
import { readWindowState, rememberWindowState } from './windowState';

/** What the window needs. */
export interface WindowOptions {
  preloadFile: string;
  /** Where the page comes from: our own protocol, or the development server. */
  pageUrl: string;
  /** Where the window's place and size are kept. */
  stateFolder: string;
}

/** Our pages need nothing of what a page may ask for. */
function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}

/** Opens the main window: sandboxed, isolated, bound to its page. */
export function openWindow({ preloadFile, pageUrl, stateFolder }: WindowOptions): BrowserWindow {
  denyPermissions();
  const stateFile = join(stateFolder, 'window-state.json');
  const { x, y, width, height, maximized } = readWindowState(stateFile);
  const window = new BrowserWindow({
    width,
    height,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Proofload',
    backgroundColor: '#0f1216',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  rememberWindowState(window, stateFile);
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  void window.loadURL(pageUrl);
  return window;
}
