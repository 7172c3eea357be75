import { ProofloadError } from '../../shared/errors/appError';
import { exitCodes } from '../../shared/run/verdict';
import { isWorkerFailure } from '../hosting/workerSession';
import { listenForStop } from '../system/stopSignals';

/**
 * Does work that SIGINT, SIGTERM and SIGHUP can stop. The first signal aborts `signal` with `interrupted` as its
 * reason, and the work ends gracefully. A second ends this process at once. Its workers and the embedded PostgreSQL end
 * when they notice, and the next start recovers the run.
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const release = listenForStop({
    onFirst: () => stopping.abort(new ProofloadError('interrupted', 'the command was stopped', 'start it again')),
    onSecond: () => process.exit(exitCodes.interrupted),
  });
  try {
    return await work(stopping.signal);
  } catch (error) {
    // The signal also ends a worker that has just started, before it handles signals.
    if (stopping.signal.aborted && error instanceof ProofloadError && isWorkerFailure(error))
      throw stopping.signal.reason;
    throw error;
  } finally {
    release();
  }
}
