import type { Experiment } from '../../../shared/experiment/experiment';
import { type Doing, describeDoing, progressOf } from '../../../shared/experiment/progress';
import { openHistory } from '../../history/openHistory';
import { readCalibration } from '../../run/calibration/calibrationStore';
import { childProcessHost } from '../../run/childProcessHost';
import { keepReport, readReports } from '../../run/conformance/reportStore';
import { conformanceLoad, runConformance } from '../../run/conformance/runConformance';
import { sweepServers } from '../../run/databases/sweepServers';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { admitExperiment } from '../../run/experiment/admitExperiment';
import { whileOwning } from '../../run/experiment/experimentLease';
import { keepExperiment, newestExperiment } from '../../run/experiment/experimentStore';
import { runExperiment } from '../../run/experiment/runExperiment';
import { measureOptions, type OptionsContext } from '../../run/options/measureOptions';
import { recoverRuns } from '../../run/recoverRuns';
import { startRun } from '../../run/runCoordinator';
import { newRunId } from '../../run/runId';
import { type SecretSource, secretsOfRun } from '../../run/secrets/secretSource';
import { orAborted } from '../../system/orAborted';
import { printToStderr } from '../../system/terminal';
import { stoppable } from '../stoppable';
import { databasesOf } from './databaseOptions';
import { type HostOptions, hostsOf } from './hostOptions';

/** What the terminal has to know to run an experiment. */
export interface TerminalExperiment {
  experiment: Experiment;
  /** Whether engines are put to the test first, so that one can be recommended. */
  decides: boolean;
  dataDir: string | undefined;
  hosts: HostOptions;
  secrets: SecretSource;
  workerFolder: string;
}

function showProgress(experiment: Experiment, doing: Doing): void {
  const { done, total, leftMs } = progressOf(experiment);
  const most = experiment.plan.untilSure ? 'at most ' : '';
  const minutes = Math.max(1, Math.round(leftMs / 60_000));
  printToStderr(
    `${done + 1} of ${most}${total}: ${describeDoing(doing, experiment)}, ${most}about ${minutes} min left\n`,
  );
}

/**
 * Runs an experiment with its progress on stderr; Ctrl-C stops it and loses the run that goes on only. Rejects with
 * `secret-unknown`, and `run-active` when another process is at it, before anything is measured, and as runExperiment does.
 */
export function runInTerminal(session: TerminalExperiment): Promise<Experiment> {
  return stoppable((signal) => runUntil(signal, session));
}

async function runUntil(signal: AbortSignal, session: TerminalExperiment): Promise<Experiment> {
  const { experiment, decides, dataDir, hosts, secrets, workerFolder } = session;
  const { id, environment, scenario, variants } = experiment;
  for (const { target } of variants) secretsOfRun({ scenario, target }, secrets);
  const folder = dataFolder(dataDir);
  const workers = childProcessHost(workerFolder);
  const databases = databasesOf(hosts, folder, workers, secrets);
  // Before anything is kept, and also of one that is gone on with.
  const addresses = await admitExperiment(experiment, hostsOf(hosts), databases);
  const history = openHistory(folder);
  printToStderr(`experiment ${id}; Ctrl-C stops it, --resume ${id} goes on with it\n`);
  const now = (): Date => new Date();
  const context: OptionsContext = {
    startRun: (request) =>
      startRun(
        { ...request, addresses },
        {
          workers,
          databases,
          secrets,
          workFolder: workFolder(folder),
          environment,
          calibration: readCalibration(folder, environment),
          archive: history,
          emit: () => {},
          now,
        },
      ),
    keep: (current) => keepExperiment(folder, current),
    onProgress: showProgress,
    signal,
    now,
    reports: () => readReports(folder),
    testConformance: async (config) => {
      const surroundings = {
        workers,
        workFolder: workFolder(folder),
        onResult: () => {},
        signal,
        now,
      };
      const database = await orAborted(databases.of(config.engine, conformanceLoad, addresses), signal);
      keepReport(folder, await runConformance(newRunId(now()), config, 1, { ...surroundings, database }));
    },
  };
  try {
    recoverRuns(history, workFolder(folder));
    await orAborted(sweepServers(workFolder(folder), databases), signal);
    return await whileOwning(folder, id, () => {
      const newest = newestExperiment(folder, experiment);
      return decides ? measureOptions(newest, context) : runExperiment(newest, context);
    });
  } finally {
    await databases.close();
    history.close();
  }
}
