import type { EngineId } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import { type AcknowledgedWrite, type TargetCommand, type TargetReport, targetReportSchema } from '../target/protocol';
import type { ProcessSample } from '../workers/processSampler';
import { Deferred } from './deferred';
import { reportedError } from './reportedError';
import type { WorkerHost } from './workerHost';
import { WorkerSession } from './workerSession';

type Ready = Extract<TargetReport, { type: 'ready' }>;
export type Audited = Extract<TargetReport, { type: 'audited' }>;

/** The built-in document service in a process of its own. */
export class TargetProcess {
  readonly #session: WorkerSession<TargetReport>;
  readonly #ready = new Deferred<Ready>();
  readonly #audited = new Deferred<Audited>();

  constructor(host: WorkerHost, onSample: (sample: ProcessSample) => void) {
    this.#session = new WorkerSession(host, 'target', targetReportSchema, (report) => {
      switch (report.type) {
        case 'ready':
          this.#ready.resolve(report);
          return;
        case 'sample':
          onSample(report.sample);
          return;
        case 'audited':
          this.#audited.resolve(report);
          return;
        case 'failed': {
          const error = reportedError(report.error, 'target-failed');
          this.#ready.reject(error);
          this.#audited.reject(error);
        }
      }
    });
  }

  /** Rejects when the process ends before {@link end} was called. */
  get died(): Promise<never> {
    return this.#session.died;
  }

  /** Seeds the engine and listens. `folder` is empty and for the engine's files. Throws `target-failed`, `port-in-use`. */
  start(engine: EngineId, folder: string, port: number, scenario: Scenario): Promise<Ready> {
    this.#send({ type: 'start', engine, folder, port, scenario });
    return Promise.race([this.#ready.promise, this.died]);
  }

  /** Asks the store for every acknowledged write. Throws `target-failed`. */
  audit(writes: AcknowledgedWrite[]): Promise<Audited> {
    this.#send({ type: 'audit', writes });
    return Promise.race([this.#audited.promise, this.died]);
  }

  /** Ends the process. */
  async end(patienceMs: number): Promise<void> {
    await this.#session.end({ type: 'stop' } satisfies TargetCommand, patienceMs);
  }

  #send(command: TargetCommand): void {
    this.#session.send(command);
  }
}
