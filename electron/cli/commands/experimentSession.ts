import type { Experiment } from '../../../shared/experiment/experiment';
import { type Doing, describeDoing, progressOf } from '../../../shared/experiment/progress';
import { openHistory } from '../../history/openHistory';
import { readCalibration } from '../../run/calibration/calibrationStore';
import { childProcessHost } from '../../run/childProcessHost';
import { keepReport, readReports } from '../../run/conformance/reportStore';
import { runConformance } from '../../run/conformance/runConformance';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { keepExperiment } from '../../run/experiment/experimentStore';
import { runExperiment } from '../../run/experiment/runExperiment';
import { measureOptions, type OptionsContext } from '../../run/options/measureOptions';
import { startRun } from '../../run/runCoordinator';
import { newRunId } from '../../run/runId';
import { type SecretSource, secretsOfRun } from '../../run/secrets/secretSource';
import { printToStderr } from '../../system/terminal';
import { databasesOf } from './databaseOptions';

/** What the terminal has to know to run an experiment. */
export interface TerminalExperiment {
  experiment: Experiment;
  /** Whether engines are put to the test first, so that one can be recommended. */
  decides: boolean;
  dataDir: string | undefined;
  allowRemote: boolean;
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
 * `secret-unknown` before anything is measured, and as runExperiment does.
 */
export async function runInTerminal(session: TerminalExperiment): Promise<Experiment> {
  const { experiment, decides, dataDir, allowRemote, secrets, workerFolder } = session;
  const { id, environment, scenario, variants } = experiment;
  for (const { target } of variants) secretsOfRun({ scenario, target }, secrets);
  const folder = dataFolder(dataDir);
  const history = openHistory(folder);
  const workers = childProcessHost(workerFolder);
  const databases = databasesOf(allowRemote ? { allowRemote } : {}, folder, workers, secrets);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  printToStderr(`experiment ${id}; Ctrl-C stops it, --resume ${id} goes on with it\n`);
  const now = (): Date => new Date();
  const context: OptionsContext = {
    startRun: (request) =>
      startRun(request, {
        workers,
        databases,
        secrets,
        workFolder: workFolder(folder),
        environment,
        calibration: readCalibration(folder, environment),
        archive: history,
        emit: () => {},
        now,
      }),
    keep: (current) => keepExperiment(folder, current),
    onProgress: showProgress,
    signal: stopping.signal,
    now,
    reports: () => readReports(folder),
    testConformance: async (config) => {
      const surroundings = {
        workers,
        workFolder: workFolder(folder),
        onResult: () => {},
        signal: stopping.signal,
        now,
      };
      const database = await databases.of(config.engine);
      keepReport(folder, await runConformance(newRunId(now()), config, 1, { ...surroundings, database }));
    },
  };
  try {
    return await (decides ? measureOptions(experiment, context) : runExperiment(experiment, context));
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await databases.close();
    history.close();
  }
}
