import { ProofloadError } from '../../shared/errors/appError';
import { requiredMs } from '../../shared/scenario/timing';
import { type LifecycleCommand, type LifecycleEnd, loadReportSchema } from '../load/protocol';
import { Deferred } from './deferred';
import { reportedError } from './reportedError';
import type { WorkerHost } from './workerHost';
import { WorkerSession } from './workerSession';

/** How long a setup or a teardown is awaited beyond its timeout. Its process enforces the timeout itself. */
const patienceMs = 5_000;
/** How long the process may take to end when asked to. */
const exitPatienceMs = 3_000;

/**
 * Runs the setup or the teardown of a scenario in a load process of its own, and ends that process. When `signal` is
 * aborted, a request in flight is cut off. Rejects when the process fails: `usage`, `remote-not-allowed`,
 * `load-failed`.
 */
export async function runLifecycleProcess(
  host: WorkerHost,
  command: LifecycleCommand,
  signal?: AbortSignal,
): Promise<LifecycleEnd> {
  const ended = new Deferred<LifecycleEnd>();
  const session = new WorkerSession(host, 'load', loadReportSchema, (report) => {
    if (report.type === 'lifecycle-ended') ended.resolve(report);
    else if (report.type === 'failed') ended.reject(reportedError(report.error, 'load-failed'));
  });
  const stop = (): void => session.send({ type: 'stop' });
  const limitMs = requiredMs(command.scenario[command.part]?.timeout ?? '60s') + patienceMs;
  const timer = setTimeout(
    () => ended.reject(new ProofloadError('load-failed', `the ${command.part} did not end`, 'run it again')),
    limitMs,
  );
  try {
    session.send(command);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    return await Promise.race([ended.promise, session.died]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    await session.end({ type: 'exit' }, exitPatienceMs);
  }
}
