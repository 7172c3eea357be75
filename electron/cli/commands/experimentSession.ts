import type { Experiment } from '../../../shared/experiment/experiment';
import { type Doing, describeDoing, progressOf } from '../../../shared/experiment/progress';
import { measureOwned } from '../../app/experiment/experimentLease';
import type { AppServices } from '../../app/services';
import { printToStderr } from '../../system/terminal';

function showProgress(experiment: Experiment, doing: Doing): void {
  const { done, total, leftMs } = progressOf(experiment);
  const most = experiment.plan.untilSure ? 'at most ' : '';
  const minutes = Math.max(1, Math.round(leftMs / 60_000));
  printToStderr(
    `${done + 1} of ${most}${total}: ${describeDoing(doing, experiment)}, ${most}about ${minutes} min left\n`,
  );
}

/**
 * Runs an experiment with its progress on stderr. When `signal` aborts, the experiment stops and loses only the run in
 * progress. With `decides`, the conformance of the engines is tested first, so that one can be recommended. Rejects as
 * the services do, and with `run-active` when another process measures the experiment.
 */
export async function runExperimentInTerminal(
  experiment: Experiment,
  decides: boolean,
  services: AppServices,
  signal: AbortSignal,
): Promise<Experiment> {
  const { id } = experiment;
  // Done before anything is saved, also for a resumed experiment.
  const addresses = await services.admitExperiment(experiment);
  printToStderr(`experiment ${id}; Ctrl-C stops it, --resume ${id} resumes it\n`);
  return measureOwned(services.dataFolder, experiment, (newest) =>
    services.runExperiment(newest, addresses, { decides, onProgress: showProgress, signal }),
  );
}
