import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import type { EngineConfig } from '../../shared/engines/config';
import type { CheckResult, ConformanceReport } from '../../shared/engines/conformance';
import { toAppError } from '../../shared/errors/appError';
import { conformanceChannel, experimentChannel, importChannel, runEventChannel } from '../../shared/ipc/channels';
import type { RunEvent } from '../../shared/run/events';
import { openHistory, postponedRepair } from '../history/openHistory';
import { describeRepair } from '../history/repairHistory';
import { noArchive, type RunArchive } from '../history/runArchive';
import { HistoryWork } from '../historyProcess/historyWork';
import { readCalibration } from '../run/calibration/calibrationStore';
import { keepReport, readReports } from '../run/conformance/reportStore';
import { conformanceLoad, runConformance } from '../run/conformance/runConformance';
import { readDatabaseUrls } from '../run/databases/databaseSettings';
import { Databases } from '../run/databases/databases';
import { sweepServers } from '../run/databases/sweepServers';
import { workFolder } from '../run/dataFolder';
import { readEnvironment } from '../run/environment';
import { keepExperiment } from '../run/experiment/experimentStore';
import { ForeignReader } from '../run/foreignReader';
import { HostGuard } from '../run/hosts/hostGuard';
import { measureOptions } from '../run/options/measureOptions';
import { keepProfile } from '../run/profileStore';
import type { RunHandle, RunRequest } from '../run/runContract';
import { startRun } from '../run/runCoordinator';
import { newRunId } from '../run/runId';
import { fillDatabaseUrl } from '../run/secrets/secretSource';
import { orAborted } from '../system/orAborted';
import { printToStderr } from '../system/terminal';
import { AllowedHosts } from './allowedHosts';
import { askForHost } from './askForHost';
import { ConformanceSession } from './conformanceSession';
import { desktopOf, keepAwake, tellDesktop } from './desktop';
import { ExperimentSession } from './experimentSession';
import { ImportSession } from './importSession';
import { AppMenu } from './menu';
import type { Parts } from './parts';
import { PreferenceStore } from './preferences';
import { RunSession } from './runSession';
import { SecretStore } from './secretStore';
import { utilityProcessHost } from './utilityProcessHost';
import type { Windows } from './windows';

const now = (): Date => new Date();

/** Makes the parts of the app over a data folder and connects them. `builtFolder` holds the programs of the workers. */
export function makeParts(folder: string, builtFolder: string, windows: Windows): Parts {
  const desktop = desktopOf(windows);
  let repair: string | undefined;
  const history = openHistory(folder, (done) => {
    repair = describeRepair(done);
  });
  const postponed = postponedRepair(folder);
  if (postponed) repair = `${postponed.message}; ${postponed.hint}`;
  const workers = utilityProcessHost(builtFolder);
  const historyWork = new HistoryWork(workers, folder);
  // The window's first list recovers the runs that were left behind. What is forgotten is in no list: not waited for.
  if (history.edits.isPurgeDue(now()))
    historyWork.purge().catch((fault: unknown) => printToStderr(`proofload: ${toAppError(fault).message}\n`));
  const reader = new ForeignReader(workers);
  const environment = readEnvironment(app.getVersion());
  const allowedHosts = new AllowedHosts(join(folder, 'window', 'allowed-hosts.json'), now);
  const hosts = new HostGuard((found, load) => allowedHosts.permit(found, () => askForHost(found, load)));
  const secrets = new SecretStore(join(folder, 'window', 'secrets.json'), safeStorage);
  const databases = new Databases(
    workers,
    folder,
    (server) => {
      const url = readDatabaseUrls(folder)[server];
      return url === undefined ? undefined : fillDatabaseUrl(url, secrets);
    },
    hosts,
  );
  // Not waited for: the window is there before a server that is away is given up.
  void sweepServers(workFolder(folder), databases);
  const run = (request: RunRequest, emit: (event: RunEvent) => void, archive: RunArchive = history): RunHandle => {
    const handle = startRun(request, {
      workers,
      databases,
      secrets,
      workFolder: workFolder(folder),
      environment,
      calibration: readCalibration(folder, environment),
      archive,
      keepProfile: (runId, profile) => keepProfile(folder, runId, profile),
      emit,
      now,
    });
    keepAwake(handle.finished);
    return handle;
  };
  const testConformance = async (
    config: EngineConfig,
    onResult: (result: CheckResult) => void,
    signal: AbortSignal,
  ): Promise<ConformanceReport> => {
    const database = await orAborted(databases.of(config.engine, conformanceLoad), signal);
    const surroundings = { workers, workFolder: workFolder(folder), database, onResult, signal, now };
    const report = await runConformance(newRunId(now()), config, 1, surroundings);
    keepReport(folder, report);
    return report;
  };
  const keep = keepExperiment.bind(undefined, folder);
  const experiments = new ExperimentSession(
    (experiment, addresses, onProgress, signal) =>
      measureOptions(experiment, {
        startRun: (request) => run({ ...request, addresses }, () => {}),
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
  // Runs are made by command lines as well, and imported, renamed and deleted in windows.
  app.on('browser-window-focus', () => menu.show());
  const conformance = new ConformanceSession(testConformance, (progress) =>
    windows.announce(conformanceChannel, progress),
  );
  return {
    folder,
    history,
    historyWork,
    session,
    conformance,
    experiments,
    databases,
    secrets,
    environment,
    workers,
    hosts,
    allowedHosts,
    startUnsaved: (request) => run(request, () => {}, noArchive),
    imports: new ImportSession(
      async (path, watch) => historyWork.keepRead(await reader.result(path, watch)),
      (progress) => windows.announce(importChannel, progress),
    ),
    reader,
    windows,
    preferences,
    repair,
  };
}
