import type { Experiment } from '../../../shared/experiment/experiment';
import { admitExperiment } from '../../run/experiment/admitExperiment';
import { keepExperiment, readExperiment, readExperiments, readResumable } from '../../run/experiment/experimentStore';
import { newExperiment } from '../../run/experiment/newExperiment';
import { parseVariants } from '../../run/experiment/variants';
import { requireLevel } from '../../run/levels';
import { type SecretSource, secretsOfRun } from '../../run/secrets/secretSource';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** The least difference that matters, where the window does not ask for it. */
const band = 0.02;

/** What these handlers work with. */
export type ExperimentParts = Pick<
  Parts,
  'folder' | 'session' | 'experiments' | 'databases' | 'environment' | 'hosts'
> & { secrets: SecretSource };

/** Experiments: started, resumed, paused, closed. */
export function experimentHandlers(parts: ExperimentParts) {
  const { folder, session, experiments, environment, hosts, databases, secrets } = parts;
  /** Starts an experiment, or goes on with it: both ask. */
  const run = async (experiment: Experiment): Promise<Experiment> => {
    session.requireIdle();
    const { scenario, variants } = experiment;
    for (const { target } of variants) secretsOfRun({ scenario, target }, secrets);
    const addresses = await admitExperiment(experiment, hosts, databases);
    session.requireIdle();
    keepExperiment(folder, experiment);
    return session.exclusively(() => experiments.start(experiment, addresses));
  };
  return {
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
    cancelExperiment: ({ id }) => experiments.cancel(readExperiment(folder, id)),
  } satisfies Partial<Handlers>;
}
