import type { EngineConfig } from '../../shared/engines/config';
import { describeEngine, hasServer } from '../../shared/engines/engine';
import type { ProfileSummary } from '../../shared/profile/cpuProfile';
import type { RunPhase } from '../../shared/run/events';
import { loadSentence } from '../../shared/scenario/describe';
import { formatNumber } from '../../shared/units/format';
import { type Audited, ServiceProcess, type ServiceReady } from '../hosting/serviceProcess';
import type { LoadTarget } from '../load/protocol';
import type { ServiceBackend } from '../measure/trust/facts';
import type { AcknowledgedWrite, ServiceSample } from '../service/protocol';
import type { RunContext, RunRequest } from './runContract';
import type { RunLog } from './runLog';
import { ServiceProfile } from './serviceProfile';

/** The built-in document service of a run, from its start to its audit. */
export class RunService {
  readonly #request: RunRequest;
  readonly #context: RunContext;
  readonly #log: RunLog;
  readonly #process: ServiceProcess;
  readonly #profile: ServiceProfile | undefined;
  /** Rejects when the server behind the engine ends, if Proofload has started it. */
  #databaseDied: Promise<never> | undefined;

  constructor(request: RunRequest, context: RunContext, log: RunLog, onSample: (sample: ServiceSample) => void) {
    this.#request = request;
    this.#context = context;
    this.#log = log;
    this.#process = new ServiceProcess(context.workers, onSample);
    if (request.takesProfile)
      this.#profile = new ServiceProfile(this.#process, (profile) => context.keepProfile?.(request.id, profile), log);
  }

  /**
   * Starts and seeds the service with an engine whose files go into `folder`. Sets in `backend` what the measurement
   * must know about the service. Rejects with `target-failed`, `port-in-use`, as the database finder does, and as
   * `stopped` does.
   */
  async start(
    engine: EngineConfig,
    folder: string,
    backend: ServiceBackend,
    stopped: Promise<never>,
  ): Promise<LoadTarget> {
    if (describeEngine(engine.engine).usesSqlite && this.#context.environment.sqliteBuild === 'fallback')
      this.#log.add(
        'warning',
        'this is an unoptimised substitute build of SQLite: do not compare its figures with others',
      );
    if (hasServer(engine.engine)) this.#log.add('info', `looking for the server of ${engine.engine}`);
    const ready = await Promise.race([this.#open(engine, folder, backend), stopped]);
    backend.backend = ready.backend;
    const { pid } = this.#process;
    backend.pids = pid === undefined ? [] : [pid];
    this.#log.add(
      'info',
      `${engine.engine} (${ready.backend.name}) is seeded with ${formatNumber(ready.documents)} documents and listens on 127.0.0.1:${ready.port}`,
    );
    return { kind: 'documents', origin: `http://127.0.0.1:${ready.port}` };
  }

  async #open(engine: EngineConfig, folder: string, backend: ServiceBackend): Promise<ServiceReady> {
    const { id, port, scenario, addresses } = this.#request;
    const database = await this.#context.databases.of(engine.engine, loadSentence(scenario), addresses);
    this.#databaseDied = database?.died;
    if (database?.dataElsewhere !== undefined)
      this.#log.add(
        'info',
        `the embedded PostgreSQL has its data in ${database.dataElsewhere}, because its account can't enter the data folder: that may be another disk`,
      );
    backend.databasePort = database?.localPort;
    const place = { folder, namespace: id, ...database?.place };
    return this.#process.start(engine, place, port, scenario);
  }

  /** Each rejects when a process that the service needs has ended. */
  get deaths(): Promise<never>[] {
    return [this.#process.died, this.#databaseDied].filter((death) => death !== undefined);
  }

  /** Call this when the load enters a phase. A profile begins and ends with the phases. */
  enter(phase: RunPhase): void {
    this.#profile?.enter(phase);
  }

  /** The summary of the CPU profile, for a run that asks for one. Never rejects. */
  async profile(): Promise<ProfileSummary | undefined> {
    return this.#profile?.summary();
  }

  /**
   * Checks in the store whether every acknowledged write is there, and logs examples of lost ones. Rejects with
   * `target-failed`.
   */
  async audit(writes: AcknowledgedWrite[]): Promise<Audited> {
    const audited = await this.#process.audit(writes);
    for (const example of audited.examples) this.#log.add('error', `lost write: ${example}`);
    return audited;
  }

  end(patienceMs: number): Promise<void> {
    return this.#process.end(patienceMs);
  }
}
