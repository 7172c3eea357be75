import type { EngineConfig } from '../../shared/engines/config';
import type { CpuProfile } from '../../shared/profile/cpuProfile';
import type { Scenario } from '../../shared/scenario/schema';
import type { ServiceSample } from '../service/protocol';
import {
  type AcknowledgedWrite,
  type ServiceCommand,
  type ServiceReport,
  serviceReportSchema,
} from '../service/protocol';
import { Deferred } from './deferred';
import { reportedError } from './reportedError';
import type { WorkerHost } from './workerHost';
import { WorkerSession } from './workerSession';

/** Where the engine stores its data: an empty folder, a name of the run's own, and the server if the engine has one. */
type TargetPlace = Pick<Extract<ServiceCommand, { type: 'start' }>, 'folder' | 'namespace' | 'url' | 'addresses'>;
export type ServiceReady = Extract<ServiceReport, { type: 'ready' }>;
export type Audited = Extract<ServiceReport, { type: 'audited' }>;

/** The built-in document service in a process of its own. */
export class ServiceProcess {
  readonly #session: WorkerSession<ServiceReport>;
  readonly #ready = new Deferred<ServiceReady>();
  readonly #audited = new Deferred<Audited>();
  readonly #profiled = new Deferred<CpuProfile>();

  constructor(host: WorkerHost, onSample: (sample: ServiceSample) => void) {
    this.#session = new WorkerSession(host, 'service', serviceReportSchema, (report) => {
      switch (report.type) {
        case 'ready':
          this.#ready.resolve(report);
          return;
        case 'sample':
          onSample(report.sample);
          return;
        case 'profiled':
          this.#profiled.resolve(report.profile);
          return;
        case 'audited':
          this.#audited.resolve(report);
          return;
        case 'failed': {
          const error = reportedError(report.error, 'target-failed');
          this.#ready.reject(error);
          this.#audited.reject(error);
          this.#profiled.reject(error);
        }
      }
    });
  }

  /** Rejects when the process ends before {@link end} was called. */
  get died(): Promise<never> {
    return this.#session.died;
  }

  get pid(): number | undefined {
    return this.#session.pid;
  }

  /** Opens the engine at its place, seeds it and listens. Throws `target-failed`, `port-in-use`. */
  start(config: EngineConfig, place: TargetPlace, port: number, scenario: Scenario): Promise<ServiceReady> {
    this.#send({ type: 'start', config, ...place, port, scenario });
    return Promise.race([this.#ready.promise, this.died]);
  }

  /** Starts a CPU profile. */
  startProfile(): void {
    this.#send({ type: 'profile', action: 'start' });
  }

  /** Ends the CPU profile that was started. Throws `target-failed`. */
  stopProfile(): Promise<CpuProfile> {
    this.#send({ type: 'profile', action: 'stop' });
    return Promise.race([this.#profiled.promise, this.died]);
  }

  /** Asks the store for every acknowledged write. Throws `target-failed`. */
  audit(writes: AcknowledgedWrite[]): Promise<Audited> {
    this.#send({ type: 'audit', writes });
    return Promise.race([this.#audited.promise, this.died]);
  }

  /** Ends the process. */
  async end(patienceMs: number): Promise<void> {
    await this.#session.end({ type: 'stop' } satisfies ServiceCommand, patienceMs);
  }

  #send(command: ServiceCommand): void {
    this.#session.send(command);
  }
}
