import { ProofloadError } from '../../shared/errors/appError';
import { Lease } from '../sqlite/lease';

/** How long to wait for another Proofload to stop its server, or to find that it cannot start one. */
const patienceMs = 15_000;

/**
 * Takes the lease of the server of a folder, and waits for a holder that is about to end. Rejects with
 * `database-unavailable` when the server keeps running there, and when `signal` is aborted.
 */
export async function takeServerLease(folder: string, signal: AbortSignal): Promise<Lease> {
  const lease = await Lease.takePatiently(`${folder}.lease`, patienceMs, signal);
  if (lease) return lease;
  throw new ProofloadError(
    'database-unavailable',
    'the embedded PostgreSQL of this data folder is in use by another Proofload',
    'stop it there or wait for its end, use another data folder, or a PostgreSQL of your own',
    { details: { about: 'data-folder' } },
  );
}
