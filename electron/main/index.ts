/* The composition root of the window: makes the parts and connects them. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { EngineConfig } from '../../shared/engines/config';
import type { CheckResult, ConformanceReport } from '../../shared/engines/conformance';
import { toAppError } from '../../shared/errors/appError';
import { conformanceChannel, experimentChannel, importChannel, runEventChannel } from '../../shared/ipc/channels';
import { runOfLink } from '../../shared/ipc/windowRequest';
import type { RunEvent } from '../../shared/run/events';
import { openHistory } from '../history/openHistory';
import { describeRepair } from '../history/repairHistory';
import { noArchive, type RunArchive } from '../history/runArchive';
import { readCalibration } from '../run/calibration/calibrationStore';
import { keepReport, readReports } from '../run/conformance/reportStore';
import { runConformance } from '../run/conformance/runConformance';
import { readDatabaseUrls } from '../run/databases/databaseSettings';
import { Databases } from '../run/databases/databases';
import { dataFolder, workFolder } from '../run/dataFolder';
import { readEnvironment } from '../run/environment';
import { keepExperiment } from '../run/experiment/experimentStore';
import { measureOptions } from '../run/options/measureOptions';
import { keepProfile } from '../run/profileStore';
import { recoverRuns } from '../run/recoverRuns';
import type { RunHandle, RunRequest } from '../run/runContract';
import { startRun } from '../run/runCoordinator';
import { newRunId } from '../run/runId';
import { AllowedHosts } from './allowedHosts';
import { appOrigin, declareAppProtocol, serveApp } from './appProtocol';
import { ConformanceSession } from './conformanceSession';
import { desktopOf, tellDesktop } from './desktop';
import { ExperimentSession } from './experimentSession';
import { databaseHandlers } from './handlers/databaseHandlers';
import { historyHandlers } from './handlers/historyHandlers';
import { interchangeHandlers } from './handlers/interchangeHandlers';
import { optionHandlers } from './handlers/optionHandlers';
import { runHandlers } from './handlers/runHandlers';
import { scenarioHandlers } from './handlers/scenarioHandlers';
import { windowHandlers } from './handlers/windowHandlers';
import { ImportSession } from './importSession';
import { registerHandlers } from './ipc/register';
import { AppMenu } from './menu';
import type { Parts } from './parts';
import { PreferenceStore } from './preferences';
import { RunSession } from './runSession';
import { utilityProcessHost } from './utilityProcessHost';
import { denyPermissions, Windows } from './windows';

const builtFolder = import.meta.dirname;
const folder = dataFolder();
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const windows = new Windows({
  preloadFile: join(builtFolder, '../preload/index.cjs'),
  pageUrl: developmentUrl ?? `${appOrigin}/`,
  stateFolder: join(folder, 'window'),
});

const now = (): Date => new Date();

const desktop = desktopOf(windows);

function makeParts(): Parts {
  let repair: string | undefined;
  const history = openHistory(folder, (done) => {
    repair = describeRepair(done);
  });
  recoverRuns(history, workFolder(folder), now());
  history.edits.purge(now());
  const workers = utilityProcessHost(builtFolder);
  const environment = readEnvironment(app.getVersion());
  const hosts = new AllowedHosts(join(folder, 'window', 'allowed-hosts.json'));
  const databases = new Databases(
    workers,
    folder,
    () => readDatabaseUrls(folder),
    (host) => hosts.has(host),
  );
  const run = (request: RunRequest, emit: (event: RunEvent) => void, archive: RunArchive = history): RunHandle =>
    startRun(request, {
      workers,
      databases,
      workFolder: workFolder(folder),
      environment,
      calibration: readCalibration(folder, environment),
      archive,
      keepProfile: (runId, profile) => keepProfile(folder, runId, profile),
      emit,
      now,
    });
  const testConformance = async (
    config: EngineConfig,
    onResult: (result: CheckResult) => void,
    signal: AbortSignal,
  ): Promise<ConformanceReport> => {
    const database = await databases.of(config.engine);
    const surroundings = { workers, workFolder: workFolder(folder), database, onResult, signal, now };
    const report = await runConformance(newRunId(now()), config, 1, surroundings);
    keepReport(folder, report);
    return report;
  };
  const keep = keepExperiment.bind(undefined, folder);
  const experiments = new ExperimentSession(
    (experiment, onProgress, signal) =>
      measureOptions(experiment, {
        startRun: (request) => run(request, () => {}),
        keep,
        onProgress,
        signal,
        now,
        reports: () => readReports(folder),
        testConformance: (config) => testConformance(config, () => {}, signal),
      }),
    keep,
    (progress) => windows.announce(experimentChannel, progress),
  );
  const session: RunSession = new RunSession(run, (event) => {
    windows.announce(runEventChannel, event);
    tellDesktop(desktop, event, session.view);
    if (event.type === 'finished') menu.show();
  });
  const preferences = new PreferenceStore(join(folder, 'window', 'preferences.json'));
  const menu = new AppMenu(windows, history, preferences);
  preferences.onChange = () => menu.show();
  menu.show();
  const conformance = new ConformanceSession(testConformance, (progress) =>
    windows.announce(conformanceChannel, progress),
  );
  return {
    folder,
    history,
    session,
    conformance,
    experiments,
    databases,
    environment,
    workers,
    hosts,
    startUnsaved: (request) => run(request, () => {}, noArchive),
    imports: new ImportSession(history, (progress) => windows.announce(importChannel, progress)),
    windows,
    preferences,
    repair,
  };
}

/** What goes on when the app is told to quit is stopped and saved first, and the embedded server is stopped. */
function saveBeforeQuit({ session, conformance, experiments, databases }: Parts): void {
  app.on('before-quit', (event) => {
    if (!session.isBusy && !databases.isEmbeddedRunning) return;
    event.preventDefault();
    conformance.stop();
    experiments.pause();
    void session
      .stop('Proofload was closed.')
      .then(() => session.released())
      .then(() => databases.close())
      .then(() => app.quit());
  });
}

function start(): void {
  const parts = makeParts();
  if (!developmentUrl) serveApp(join(builtFolder, '../renderer'));
  registerHandlers(
    {
      ...runHandlers(parts),
      ...historyHandlers(parts),
      ...interchangeHandlers(parts),
      ...optionHandlers(parts),
      ...scenarioHandlers(parts),
      ...databaseHandlers(parts, app.getAppPath()),
      ...windowHandlers(parts),
    },
    developmentUrl ?? appOrigin,
  );
  saveBeforeQuit(parts);
  app.on('will-quit', () => parts.history.close());
  denyPermissions();
  if (!openLinked(process.argv)) windows.open();
}

/** Opens the run that a link among the arguments names; tells whether there was one. */
function openLinked(args: readonly string[]): boolean {
  const [runId] = args.map(runOfLink).filter((id) => id !== undefined);
  if (runId !== undefined) windows.request({ kind: 'open-run', runId });
  return runId !== undefined;
}

declareAppProtocol();
app.setPath('userData', join(folder, 'window'));
if (app.requestSingleInstanceLock()) {
  // Links of the system come to the packaged app only: another program would have to be told of this folder.
  if (app.isPackaged) app.setAsDefaultProtocolClient('proofload');
  app.on('second-instance', (_event, args) => {
    if (!openLinked(args)) windows.focus();
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    void app.whenReady().then(() => openLinked([link]));
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
