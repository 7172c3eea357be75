/* The composition root of the window: makes the parts and connects them. */
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { optionFields } from '../../shared/engines/config';
import { withoutPassword } from '../../shared/engines/database';
import { engineDescriptions } from '../../shared/engines/engine';
import { toAppError } from '../../shared/errors/appError';
import { conformanceChannel, runEventChannel } from '../../shared/ipc/channels';
import type { Environment } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';
import type { HistoryStore } from '../history/historyStore';
import { openHistory } from '../history/openHistory';
import { calibrate } from '../run/calibration/calibrate';
import { readCalibration, writeCalibration } from '../run/calibration/calibrationStore';
import { keepReport, readReports } from '../run/conformance/reportStore';
import { runConformance } from '../run/conformance/runConformance';
import { keepDatabaseUrl, parseDatabaseUrl, readDatabaseUrls } from '../run/databases/databaseSettings';
import { Databases } from '../run/databases/databases';
import { testDatabase } from '../run/databases/testDatabase';
import { dataFolder, workFolder } from '../run/dataFolder';
import { readEnvironment } from '../run/environment';
import { gateFor } from '../run/gate';
import { levels, requireLevel } from '../run/levels';
import { checkEngine, defaultEngine, prepareRun, urlTarget } from '../run/prepareRun';
import { recoverRuns } from '../run/recoverRuns';
import { startRun } from '../run/runCoordinator';
import { newRunId } from '../run/runId';
import type { WorkerHost } from '../run/workerHost';
import { AllowedHosts } from './allowedHosts';
import { appOrigin, declareAppProtocol, serveApp } from './appProtocol';
import { ConformanceSession } from './conformanceSession';
import { type Handlers, registerHandlers } from './ipc/register';
import { RunSession } from './runSession';
import { utilityProcessHost } from './utilityProcessHost';
import { openWindow } from './window';

const builtFolder = import.meta.dirname;
const folder = dataFolder();
let window: BrowserWindow | undefined;

function announce(event: RunEvent): void {
  if (window && !window.isDestroyed()) window.webContents.send(runEventChannel, event);
}

/** What the handlers work with. */
interface Parts {
  history: HistoryStore;
  session: RunSession;
  conformance: ConformanceSession;
  databases: Databases;
  environment: Environment;
  workers: WorkerHost;
  hosts: AllowedHosts;
}

function composeHandlers({ history, session, conformance, databases, environment, workers, hosts }: Parts): Handlers {
  return {
    getCatalog: () => ({
      levels,
      engines: engineDescriptions.map((engine) => ({ ...engine, options: optionFields(engine.id) })),
      defaultEngine: defaultEngine(),
      environment,
      calibration: readCalibration(folder, environment),
      dataFolder: folder,
    }),
    getRunView: () => session.view,
    startRun: ({ levelId, target, duration }) => {
      const wish = {
        scenario: requireLevel(levelId),
        target: target.kind === 'url' ? urlTarget({ url: target.url }) : checkEngine(target),
        overrides: { duration },
        allowsHost: (host: string) => hosts.has(host),
      };
      const request = prepareRun(wish, new Date());
      return { id: session.start({ ...request, gate: gateFor(history, request) }) };
    },
    calibrate: () =>
      session.exclusively(async () => {
        const calibration = await calibrate({ workers, environment, now: () => new Date(), onStep: () => {} });
        writeCalibration(folder, calibration);
        return calibration;
      }),
    allowHost: ({ host }) => hosts.add(host),
    getConformance: () => ({ reports: readReports(folder), progress: conformance.progress }),
    runConformance: (choice) => session.exclusively(() => conformance.start(checkEngine(choice))),
    stopConformance: () => conformance.stop(),
    getDatabases: () => {
      const urls = readDatabaseUrls(folder);
      return {
        postgresUrl: urls.postgres && withoutPassword(urls.postgres),
        mongodbUrl: urls.mongodb && withoutPassword(urls.mongodb),
        isEmbeddedRunning: databases.isEmbeddedRunning,
        composeCommand: `POSTGRES_PASSWORD=choose-one docker compose -f "${join(app.getAppPath(), 'resources', 'compose.yaml')}" up -d --wait`,
      };
    },
    useDatabase: async ({ server, url }) => {
      const parsed = parseDatabaseUrl(server, url.trim());
      databases.requireAllowed(parsed);
      const name = await testDatabase(server, parsed);
      keepDatabaseUrl(folder, server, parsed);
      return { name };
    },
    forgetDatabase: ({ server }) => keepDatabaseUrl(folder, server, undefined),
    startPostgres: async () => {
      await databases.startEmbedded();
    },
    stopPostgres: () => session.exclusively(() => databases.close()),
    stopRun: () => session.stop('the run was stopped by the user.'),
    listRuns: (query) => {
      // A command line that was killed while the window is open leaves its run behind, too.
      recoverRuns(history, workFolder(folder), new Date());
      return history.list(query);
    },
    getRun: ({ id }) => history.document(id),
  };
}

/** A run that goes on when the app is told to quit is stopped and saved first, and the embedded server is stopped. */
function saveBeforeQuit(session: RunSession, conformance: ConformanceSession, databases: Databases): void {
  app.on('before-quit', (event) => {
    if (!session.isActive && !databases.isEmbeddedRunning) return;
    event.preventDefault();
    conformance.stop();
    void session
      .stop('Proofload was closed.')
      .then(() => databases.close())
      .then(() => app.quit());
  });
}

function start(): void {
  const history = openHistory(folder);
  recoverRuns(history, workFolder(folder), new Date());
  const workers = utilityProcessHost(builtFolder);
  const environment = readEnvironment(app.getVersion());
  const hosts = new AllowedHosts(join(folder, 'window', 'allowed-hosts.json'));
  const databases = new Databases(
    workers,
    folder,
    () => readDatabaseUrls(folder),
    (host) => hosts.has(host),
  );
  const session = new RunSession(
    (request, emit) =>
      startRun(request, {
        workers,
        databases,
        workFolder: workFolder(folder),
        environment,
        calibration: readCalibration(folder, environment),
        archive: history,
        emit,
        now: () => new Date(),
      }),
    announce,
  );
  const conformance = new ConformanceSession(
    async (config, onResult, signal) => {
      const report = await runConformance(newRunId(new Date()), config, 1, {
        workers,
        workFolder: workFolder(folder),
        database: await databases.of(config.engine),
        onResult,
        signal,
        now: () => new Date(),
      });
      keepReport(folder, report);
      return report;
    },
    (progress) => {
      if (window && !window.isDestroyed()) window.webContents.send(conformanceChannel, progress);
    },
  );
  const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  if (!developmentUrl) serveApp(join(builtFolder, '../renderer'));
  registerHandlers(
    composeHandlers({ history, session, conformance, databases, environment, workers, hosts }),
    developmentUrl ?? appOrigin,
  );
  saveBeforeQuit(session, conformance, databases);
  app.on('will-quit', () => history.close());
  window = openWindow({
    preloadFile: join(builtFolder, '../preload/index.cjs'),
    pageUrl: developmentUrl ?? `${appOrigin}/`,
    stateFolder: join(folder, 'window'),
  });
}

declareAppProtocol();
app.setPath('userData', join(folder, 'window'));
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level: that would deadlock a packaged app.
  void app.whenReady().then(() => {
    try {
      start();
    } catch (thrown) {
      const { message, hint } = toAppError(thrown);
      dialog.showErrorBox('Proofload cannot start', `${message}\n\n${hint}`);
      app.exit(1);
    }
  });
} else {
  app.quit();
}
