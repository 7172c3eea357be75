/* The main program of the window, from its start to its end. */

import { join } from 'node:path';
import { app, dialog } from 'electron';
import { toAppError } from '../../shared/errors/appError';
import { describeError } from '../../shared/errors/remedy';
import { runOfLink } from '../../shared/ipc/windowRequest';
import { dataFolder } from '../app/dataFolder';
import { Deferred } from '../hosting/deferred';
import { closeDataFolder, keepFilesPrivate } from '../system/privateFiles';
import { listenForStop } from '../system/stopSignals';
import { surviveLostOutput } from '../system/terminal';
import { appOrigin, declareAppProtocol, serveApp } from './appProtocol';
import { type Answer, registerMethods } from './ipc/register';
import { AppMenu } from './menu';
import { PreferenceStore } from './preferences';
import { takeNoOrders } from './switches';
import { userLocale } from './userLocale';
import { denyPermissions, Windows } from './windows';

// Called before this process or Chromium writes anything.
keepFilesPrivate();
const builtFolder = import.meta.dirname;
const folder = dataFolder();
closeDataFolder(folder);
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const windows = new Windows({
  preloadFile: join(builtFolder, '../preload/index.cjs'),
  pageUrl: developmentUrl ?? `${appOrigin}/`,
  iconFile: join(app.getAppPath(), 'resources', 'icons', 'icon.png'),
  stateFolder: join(folder, 'window'),
  locale: () => userLocale(app.getSystemLocale()),
});

/**
 * Handles Ctrl-C, a closed terminal and the end of the session like closing the window. Call it when the app is ready,
 * after Chromium has installed its own handlers. Those end the app at a repeated signal, and launchers repeat signals.
 */
function quitOnSignals(): void {
  const onFirst = (): void => {
    // A signal to the process group also ends Chromium's helpers. Chromium would restart the GPU process a few times
    // and then end the app while it saves.
    app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
    // On Linux, helpers are started by another helper, which has ended as well. Without a limit, Chromium would try
    // about two thousand times a second, and tell the terminal each time. In this process, without a driver, it starts.
    if (process.platform === 'linux') {
      app.commandLine.appendSwitch('in-process-gpu');
      app.commandLine.appendSwitch('use-gl', 'disabled');
    }
    windows.closeAtOnce();
    app.quit();
  };
  // In `app.exit`, the workers would end before the run, which would blame the service for that. The next start recovers
  // what a killed app has measured.
  listenForStop({ onFirst, onSecond: () => process.kill(process.pid, 'SIGKILL') });
}

/** Tells that the app cannot be used, and ends it. */
function giveUp(thrown: unknown): void {
  const { message, remedy } = describeError('window', toAppError(thrown));
  dialog.showErrorBox('Proofload cannot start', `${message}\n\n${remedy}`);
  app.exit(1);
}

/**
 * Opens the window, and creates the services when it is painted: their code is most of this program, and this process,
 * which also serves the page, stands still while it is read. Calls of the page wait for them.
 */
async function start(): Promise<void> {
  if (!developmentUrl) serveApp(join(builtFolder, '../renderer'));
  denyPermissions();
  quitOnSignals();
  const answer = new Deferred<Answer>();
  registerMethods(answer.promise);
  const preferences = new PreferenceStore(join(folder, 'window', 'preferences.json'));
  const menu = new AppMenu(windows, preferences);
  menu.show();
  if (!openLinked(process.argv)) windows.open();
  await windows.painted;
  const { connectDesktop } = await import('./connectDesktop');
  const shell = { folder, builtFolder, windows, menu, preferences };
  answer.resolve(connectDesktop(shell, developmentUrl ?? appOrigin));
}

/** Opens the run of a link in the arguments. Returns whether there was one. */
function openLinked(args: readonly string[]): boolean {
  const [runId] = args.map(runOfLink).filter((id) => id !== undefined);
  if (runId !== undefined) windows.request({ kind: 'open-run', runId });
  return runId !== undefined;
}

// Done before the app is ready, when Chromium applies the switches.
if (app.isPackaged) takeNoOrders(app.commandLine);
surviveLostOutput();
declareAppProtocol();
app.setPath('userData', join(folder, 'window'));
if (app.requestSingleInstanceLock()) {
  // Only the packaged app handles system links. Another program would need to know this folder.
  if (app.isPackaged) app.setAsDefaultProtocolClient('proofload');
  app.on('second-instance', (_event, args) => {
    if (!openLinked(args)) windows.focus();
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    void app.whenReady().then(() => openLinked([link]));
  });
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level, because that would deadlock a packaged app.
  void app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}
