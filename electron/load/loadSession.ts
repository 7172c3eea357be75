import { noteProtocol } from '../../shared/run/negotiatedProtocol';
import { gracefulStopMsOf, requiredMs } from '../../shared/scenario/timing';
import { watchPauses } from '../workers/pauses';
import { timerClock } from './clock';
import { readCpuLimit, watchThrottling } from './cpuLimit';
import type { JourneyData } from './data/journeyData';
import { HttpClient } from './http/httpClient';
import { TraceContexts } from './http/traceContext';
import { JourneyWorkload } from './journey/journeyWorkload';
import { planLoads } from './loadPlan';
import { LoadRun } from './loadRun';
import type { LoadCommand, LoadReport } from './protocol';
import { type OpenedWorkload, openWorkload } from './workload/openWorkload';
import { WorkTimer } from './workTimer';

type OpenCommand = Extract<LoadCommand, { type: 'open' }>;
type ArmCommand = Extract<LoadCommand, { type: 'arm' }>;
type Done = Extract<LoadReport, { type: 'done' }>;
type Report = (message: LoadReport) => void;

/** A load process's session with a target: one workload, and several loads with it, one after another. */
export class LoadSession {
  readonly #command: OpenCommand;
  readonly #opened: OpenedWorkload;
  readonly #work = new WorkTimer();
  readonly #pauses = watchPauses();
  readonly #cpuLimit = readCpuLimit();
  readonly #throttledMs = watchThrottling();
  readonly #client: HttpClient;
  readonly #report: Report;
  readonly #onToken: (value: string) => void;
  #armed: ((startMs: number) => LoadRun) | undefined;
  #running: LoadRun | undefined;
  #stopped = false;

  /** `onToken` is called with each secret that the session obtains itself. */
  constructor(command: OpenCommand, report: Report, onToken: (value: string) => void = () => {}) {
    const { scenario, target, shard, secrets, inputs } = command;
    this.#command = command;
    this.#report = report;
    this.#onToken = onToken;
    this.#opened = openWorkload(scenario, target, shard, secrets, inputs);
    const { origins, redirects } = this.#opened;
    const traces = scenario.tracing === 'w3c' ? new TraceContexts() : undefined;
    this.#client = new HttpClient(origins, requiredMs(scenario.timeout), timerClock, this.#work, redirects, traces);
  }

  /**
   * Prepares a load: reads data rows, obtains the tokens that requests need and opens the first connections. Ends early
   * when the session is stopped. Throws `target-unreachable`, `data-invalid`, and `usage` and `target-failed` when a
   * token is refused.
   */
  async arm({ load, warmupMs, thinks = true }: ArmCommand): Promise<void> {
    const { scenario, shard } = this.#command;
    const plan = planLoads({ load, warmupMs, seed: scenario.seed, shard });
    const { workload } = this.#opened;
    if (workload instanceof JourneyWorkload) workload.thinks = thinks;
    // The users of each load have their own connections, so those of earlier users are no longer used.
    this.#client.closeOwned();
    await this.#files?.load();
    if (!this.#stopped) await this.#opened.tokens?.start(this.#onToken);
    if (!this.#stopped && plan.connections > 0) await this.#client.preconnect(plan.connections, this.#hasUsers);
    const isDriven = plan.model === 'closed' && plan.driver === 'autocannon';
    // It has shown that the target listens. An idle connection would block a server that serves one connection at a
    // time.
    if (isDriven) this.#client.close();
    // Imported only here: autocannon takes longer to load than the rest of this process, and few loads need it.
    const runAutocannonVus = isDriven ? (await import('./executors/autocannonVus')).runAutocannonVus : undefined;
    const timing = { warmupMs, gracefulStopMs: gracefulStopMsOf(load) };
    this.#armed = (startMs) =>
      new LoadRun(timing, plan, startMs, {
        workload: this.#opened.workload,
        client: this.#client,
        work: this.#work,
        pauses: this.#pauses,
        cpuLimit: this.#cpuLimit,
        throttledMs: this.#throttledMs,
        runAutocannonVus,
        driven: isDriven ? this.#client.driven : undefined,
        timeoutMs: requiredMs(scenario.timeout),
        report: this.#report,
      });
  }

  /** Whether virtual users have connections of their own. */
  get #hasUsers(): boolean {
    return this.#opened.workload instanceof JourneyWorkload;
  }

  /** The rows of data files; undefined when none are used. */
  get #files(): JourneyData | undefined {
    const { workload } = this.#opened;
    return workload instanceof JourneyWorkload ? workload.files : undefined;
  }

  /** Starts the armed load at a time of this process's clock. */
  go(startMs: number): void {
    this.#running = this.#armed?.(startMs);
    this.#armed = undefined;
    if (this.#stopped) this.#running?.stop();
  }

  /** Ends the load early, or the next one as soon as it starts. */
  stop(): void {
    this.#stopped = true;
    this.#client.cancelPreconnect();
    this.#running?.stop();
  }

  /** Closes all connections and returns the final report. */
  finish(): Done {
    this.#client.close();
    const { ledger, workload, tokens } = this.#opened;
    tokens?.stop();
    const told = tokens?.describe();
    const protocols = this.#client.protocols();
    const redirect = workload.redirect?.();
    const warnings = [
      ...(redirect === undefined ? [] : [redirect]),
      ...this.#client.warnings(),
      ...(told?.warnings ?? []),
    ];
    return {
      type: 'done',
      checked: ledger?.checked ?? 0,
      violations: ledger?.violations ?? 0,
      violationExamples: ledger?.violationExamples ?? [],
      warnings,
      notes: [...protocols.map(noteProtocol), ...(told?.notes ?? [])],
      protocols,
      checkExamples: this.#running?.checkExamples ?? [],
      dataUse: this.#files?.close() ?? [],
      slowest: this.#running?.slowest ?? [],
      writes: ledger?.acknowledgedWrites() ?? [],
    };
  }
}
