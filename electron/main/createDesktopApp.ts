import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import { toAppError } from '../../shared/errors/appError';
import { describeError } from '../../shared/errors/remedy';
import { conformanceChannel, experimentChannel, importChannel, runEventChannel } from '../../shared/ipc/channels';
import { createServices } from '../app/createServices';
import { keepExperiment } from '../app/experiment/experimentStore';
import { ForeignReader } from '../app/importing/foreignReader';
import { postponedRepair } from '../history/openHistory';
import { HistoryWork } from '../historyProcess/historyWork';
import { HostGuard } from '../hosts/hostGuard';
import { readEnvironment } from '../measure/environment';
import { printToStderr } from '../system/terminal';
import { AllowedHosts } from './allowedHosts';
import { askForHost } from './askForHost';
import { ConformanceSession } from './conformanceSession';
import { desktopOf, sleepBlocker, tellDesktop } from './desktop';
import type { DesktopApp } from './desktopApp';
import { ErrorLog } from './errorLog';
import { ExperimentSession } from './experimentSession';
import { HistoryPacking } from './historyPacking';
import { ImportSession } from './importSession';
import type { AppMenu } from './menu';
import type { PreferenceStore } from './preferences';
import { RunOutputs } from './runOutputs';
import { RunSession } from './runSession';
import { concealKnown, SecretStore } from './secretStore';
import { utilityProcessHost } from './utilityProcessHost';
import type { Windows } from './windows';

/** The parts of the app that are there before its services. */
export interface DesktopShell {
  /** The data folder. */
  folder: string;
  /** The folder with the programs of the workers. */
  builtFolder: string;
  windows: Windows;
  menu: AppMenu;
  preferences: PreferenceStore;
}

/** Creates the services for a data folder and connects them with the windows. Throws as openHistory does. */
export function createDesktopApp({ folder, builtFolder, windows, menu, preferences }: DesktopShell): DesktopApp {
  const desktop = desktopOf(windows);
  const allowedHosts = new AllowedHosts(join(folder, 'window', 'allowed-hosts.json'), () => new Date());
  const secrets = new SecretStore(join(folder, 'window', 'secrets.json'), safeStorage);
  const errors = new ErrorLog(concealKnown(secrets), () => new Date());
  let repair: string | undefined;
  const services = createServices({
    dataFolder: folder,
    workerHost: utilityProcessHost(builtFolder),
    hostPermissions: new HostGuard((found, load) => allowedHosts.permit(found, () => askForHost(found, load))),
    secrets,
    environment: readEnvironment(app.getVersion()),
    // The first list of runs makes the history process recover what was left behind.
    isHistoryTidiedElsewhere: true,
    onRepair: (sentence) => {
      repair = sentence;
    },
  });
  const { history } = services;
  const postponed = postponedRepair(folder);
  if (postponed) repair = `${describeError('window', postponed).message}; ${postponed.hint}`;
  const historyWork = new HistoryWork(services.workers, folder);
  // Not awaited, because deleted runs appear in no list.
  if (history.edits.isPurgeDue(new Date()))
    historyWork.purge().catch((fault: unknown) => {
      errors.note('purge', toAppError(fault));
      printToStderr(`proofload: ${toAppError(fault).message}\n`);
    });
  // Not awaited: the window must not wait for a server that does not respond.
  void services.sweep();
  const reader = new ForeignReader(services.workers);
  const experiments = new ExperimentSession(
    (experiment, addresses, onProgress, signal) =>
      services.runExperiment(experiment, addresses, { decides: true, onProgress, signal }),
    (experiment) => keepExperiment(folder, experiment),
    (progress) => windows.announce(experimentChannel, progress),
  );
  const blockSleep = sleepBlocker();
  const session: RunSession = new RunSession(
    services.startRun,
    (event) => {
      windows.announce(runEventChannel, event);
      tellDesktop(desktop, event, session.view);
      if (event.type === 'failed') errors.note('run', event.error);
      if (event.type === 'finished') menu.show();
    },
    (isBusy) => {
      blockSleep(isBusy);
      if (isBusy) packing.stop();
      else packing.start();
    },
  );
  const runOutputs = new RunOutputs(session, () => {
    const { prometheusPort, otlpUrl } = preferences.current.outputs;
    return services.openOutputs({ prometheusPort: prometheusPort ?? undefined, otlpUrl: otlpUrl ?? undefined });
  });
  const packing = new HistoryPacking(history, historyWork, {
    budgetMb: () => preferences.current.historyBudgetMb,
    isBusy: () => session.isBusy,
  });
  // Packs the runs of an earlier version, and those that were made since.
  packing.start();
  menu.history = history;
  preferences.onChange = () => menu.show();
  menu.show();
  // Command lines make runs as well, and windows import, rename and delete them.
  app.on('browser-window-focus', () => {
    menu.show();
    packing.start();
  });
  const conformance = new ConformanceSession(
    (config, onResult, signal) => services.testConformance(config, { onResult, signal }),
    (progress) => windows.announce(conformanceChannel, progress),
  );
  return {
    services,
    historyWork,
    packing,
    session,
    runOutputs,
    conformance,
    experiments,
    imports: new ImportSession(
      async (path, watch) => historyWork.keepRead(await reader.result(path, watch)),
      (progress) => windows.announce(importChannel, progress),
    ),
    secrets,
    allowedHosts,
    reader,
    windows,
    preferences,
    errors,
    repair,
  };
}
