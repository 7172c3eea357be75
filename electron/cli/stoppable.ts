import { ProofloadError } from '../../shared/errors/appError';
import { exitCodes } from '../../shared/run/verdict';
import { isWorkerFailure } from '../hosting/workerSession';
import { listenForStop } from '../system/stopSignals';

/**
 * Does work that SIGINT, SIGTERM and SIGHUP stop: the first aborts `signal`, with `interrupted` as its reason, and the
 * work ends in order. A second ends this process at once; its workers and the embedded PostgreSQL end when they find it
 * gone, and the run is recovered by the next start.
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
    // A worker that has just been started ends by the signal too, before it listens for it.
    if (stopping.signal.aborted && error instanceof ProofloadError && isWorkerFailure(error))
      throw stopping.signal.reason;
    throw error;
  } finally {
    release();
  }
}
