import { ProofloadError } from '../../../shared/errors/appError';
import type { Experiment } from '../../../shared/experiment/experiment';
import { readReports } from '../../run/conformance/reportStore';
import { admitExperiment } from '../../run/experiment/admitExperiment';
import { whileOwning } from '../../run/experiment/experimentLease';
import {
  keepExperiment,
  newestExperiment,
  readExperiment,
  readExperiments,
  readResumable,
} from '../../run/experiment/experimentStore';
import { newExperiment } from '../../run/experiment/newExperiment';
import { parseVariants } from '../../run/experiment/variants';
import { requireLevel } from '../../run/levels';
import { checkEngine, engineFromEnvironment } from '../../run/prepareRun';
import { type SecretSource, secretsOfRun } from '../../run/secrets/secretSource';
import { defaultEngine, keepDefaultEngine } from '../../run/settings';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

type OptionMethods =
  | 'getConformance'
  | 'runConformance'
  | 'stopConformance'
  | 'getExperiments'
  | 'getExperiment'
  | 'startExperiment'
  | 'resumeExperiment'
  | 'pauseExperiment'
  | 'cancelExperiment'
  | 'setDefaultEngine';

/** The least difference that matters, where the window does not ask for it. */
const band = 0.02;

/** What is chosen in the window has no effect while the environment says otherwise. Throws `usage`. */
function requireNoVariable(): void {
  const engine = engineFromEnvironment();
  if (engine === undefined) return;
  throw new ProofloadError(
    'usage',
    `PROOFLOAD_STORAGE makes ${engine} the default engine`,
    'start Proofload without it to choose another here',
  );
}

/** What these handlers work with. */
export type OptionParts = Pick<Parts, 'folder' | 'session' | 'experiments' | 'databases' | 'environment' | 'hosts'> & {
  secrets: SecretSource;
  conformance: Pick<Parts['conformance'], 'start' | 'stop' | 'progress'>;
};

/** What the Options and the Integrity screen ask for. */
export function optionHandlers(parts: OptionParts): Pick<Handlers, OptionMethods> {
  const { folder, session, conformance, experiments, environment, hosts, databases, secrets } = parts;
  /** Starts an experiment, or goes on with it: both ask. */
  const run = async (experiment: Experiment): Promise<Experiment> => {
    session.requireIdle();
    const { scenario, variants } = experiment;
    for (const { target } of variants) secretsOfRun({ scenario, target }, secrets);
    const addresses = await admitExperiment(experiment, hosts, databases);
    session.requireIdle();
    return session.exclusively((signal) =>
      whileOwning(folder, experiment.id, () => {
        signal.throwIfAborted();
        const newest = newestExperiment(folder, experiment);
        keepExperiment(folder, newest);
        return experiments.start(newest, addresses);
      }),
    );
  };
  /** What another process measures it has to stop itself: it would keep the experiment anew after its next run. */
  const cancel = async (experiment: Experiment): Promise<void> => {
    const { id } = experiment;
    if (experiments.progress?.experiment.id === id) experiments.cancel(experiment);
    else await whileOwning(folder, id, () => experiments.cancel(readExperiment(folder, id)));
  };
  return {
    getConformance: () => ({ reports: readReports(folder), progress: conformance.progress }),
    runConformance: (choice) => session.exclusively(() => conformance.start(checkEngine(choice))),
    stopConformance: () => conformance.stop(),
    getExperiments: () => ({
      experiments: readExperiments(folder).map(({ id, startedAt, state, variants }) => ({
        id,
        startedAt,
        state,
        variants: variants.map(({ name }) => name),
      })),
      progress: experiments.progress,
    }),
    getExperiment: ({ id }) => readExperiment(folder, id),
    startExperiment: ({ variants, levelId, duration, ...plan }) => {
      const wish = {
        ...plan,
        variants: parseVariants(variants),
        scenario: requireLevel(levelId),
        overrides: { duration },
        band,
      };
      return run(newExperiment(wish, environment, readExperiments(folder), new Date()));
    },
    resumeExperiment: ({ id }) => run(readResumable(folder, id)),
    pauseExperiment: () => experiments.pause(),
    cancelExperiment: ({ id }) => cancel(readExperiment(folder, id)),
    setDefaultEngine: (choice) => {
      requireNoVariable();
      const before = defaultEngine(folder);
      keepDefaultEngine(folder, checkEngine(choice));
      return before;
    },
  };
}
