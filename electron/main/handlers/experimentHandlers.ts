import type { Experiment } from '../../../shared/experiment/experiment';
import { measureOwned, whileOwning } from '../../app/experiment/experimentLease';
import { keepExperiment, readExperiment, readExperiments, readResumable } from '../../app/experiment/experimentStore';
import { newExperiment } from '../../app/experiment/newExperiment';
import { parseVariants } from '../../app/experiment/variants';
import { requireLevel } from '../../app/runs/levels';
import type { AppServices } from '../../app/services';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** The smallest difference that matters, where the window does not ask for it. */
const band = 0.02;

/** The dependencies of these handlers. */
export type ExperimentApp = Pick<DesktopApp, 'session' | 'experiments'> & {
  services: Pick<AppServices, 'dataFolder' | 'environment' | 'admitExperiment'>;
};

/** Starts, resumes, pauses and ends experiments. */
export function experimentHandlers({ services, session, experiments }: ExperimentApp) {
  const { dataFolder: folder, environment } = services;
  /** Starts or resumes an experiment. Both ask about hosts. */
  const run = async (experiment: Experiment): Promise<Experiment> => {
    session.requireIdle();
    const addresses = await services.admitExperiment(experiment);
    session.requireIdle();
    return session.exclusively((signal) =>
      measureOwned(folder, experiment, (newest) => {
        signal.throwIfAborted();
        keepExperiment(folder, newest);
        return experiments.start(newest, addresses);
      }),
    );
  };
  /**
   * An experiment that another process measures can only be stopped there, because that process would save it again
   * after its next run.
   */
  const cancel = async (experiment: Experiment): Promise<void> => {
    const { id } = experiment;
    if (experiments.progress?.experiment.id === id) experiments.cancel(experiment);
    else await whileOwning(folder, id, () => experiments.cancel(readExperiment(folder, id)));
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
    cancelExperiment: ({ id }) => cancel(readExperiment(folder, id)),
  } satisfies Partial<Handlers>;
}
