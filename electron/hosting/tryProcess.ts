import type { TriedJourney } from '../../shared/scenario/triedJourney';
import { type LoadCommand, loadReportSchema } from '../load/protocol';
import { orAborted } from '../system/orAborted';
import { Deferred } from './deferred';
import { reportedError } from './reportedError';
import type { WorkerHost } from './workerHost';
import { WorkerSession } from './workerSession';

type TryCommand = Extract<LoadCommand, { type: 'try' }>;

/** How long the process may take to end when asked to. */
const exitPatienceMs = 3_000;

/**
 * Goes through a journey once in a load process of its own, and ends that process. Rejects with `usage`, `load-failed`,
 * and with the reason of `signal` as soon as that is aborted.
 */
export async function tryInProcess(
  host: WorkerHost,
  command: Omit<TryCommand, 'type'>,
  signal: AbortSignal,
): Promise<TriedJourney> {
  const tried = new Deferred<TriedJourney>();
  const session = new WorkerSession(host, 'load', loadReportSchema, (report) => {
    if (report.type === 'tried') tried.resolve(report.tried);
    if (report.type === 'failed') tried.reject(reportedError(report.error, 'load-failed'));
  });
  session.send({ type: 'try', ...command } satisfies LoadCommand);
  try {
    return await orAborted(Promise.race([tried.promise, session.died]), signal);
  } finally {
    await session.end({ type: 'exit' } satisfies LoadCommand, exitPatienceMs);
  }
}
