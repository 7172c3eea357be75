import { ProofloadError } from '../../../shared/errors/appError';
import type { Experiment } from '../../../shared/experiment/experiment';
import { Lease } from '../../sqlite/lease';
import { experimentLease, newestExperiment } from './experimentStore';

/**
 * Does exclusive work on an experiment: measures it or ends it. What the caller read before may be out of date by then
 * (`newestExperiment`). Rejects with `run-active` while another window or command works on it, and as the work does.
 */
export async function whileOwning<T>(dataFolder: string, id: string, work: () => T | Promise<T>): Promise<T> {
  const lease = Lease.take(experimentLease(dataFolder, id));
  if (!lease)
    throw new ProofloadError(
      'run-active',
      `experiment ${id} is being measured by another Proofload`,
      'wait for its end, or stop it there; then resume it here',
    );
  try {
    return await work();
  } finally {
    // The lease file stays, because others use the same name.
    lease.drop();
  }
}

/**
 * Measures an experiment as its owner, from its latest saved state. Rejects as {@link whileOwning} and newestExperiment
 * do.
 */
export function measureOwned(
  dataFolder: string,
  experiment: Experiment,
  measure: (newest: Experiment) => Promise<Experiment>,
): Promise<Experiment> {
  return whileOwning(dataFolder, experiment.id, () => measure(newestExperiment(dataFolder, experiment)));
}
