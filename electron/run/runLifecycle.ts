import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import type { LifecyclePart } from '../../shared/scenario/lifecycle';
import type { Scenario } from '../../shared/scenario/schema';
import type { Secrets } from '../../shared/secrets/conceal';
import { formatLatency } from '../../shared/units/format';
import { runLifecycleProcess } from '../hosting/lifecycleProcess';
import type { WorkerHost } from '../hosting/workerHost';
import type { LifecycleEnd, LoadTarget } from '../load/protocol';
import type { EarlyEnd } from './earlyEnd';
import type { RunLog } from './runLog';

/** What a setup and a teardown are made with. */
export interface LifecycleContext {
  workers: WorkerHost;
  scenario: Scenario;
  target: LoadTarget;
  secrets: Secrets;
  earlyEnd: EarlyEnd;
  log: RunLog;
}

/**
 * The setup and the teardown of a run. The teardown is for what the setup has made: it comes after each load, however
 * that ended, and as in k6 not after a setup that failed.
 */
export class RunLifecycle {
  readonly #context: LifecycleContext;
  #given: Readonly<Record<string, string>> = {};

  constructor(context: LifecycleContext) {
    this.#context = context;
  }

  /**
   * Goes through the setup, where the scenario has one, and returns the variables that it has extracted. Rejects with
   * `setup-failed`, and with `interrupted` when the run is stopped meanwhile.
   */
  async setUp(): Promise<Readonly<Record<string, string>>> {
    const { scenario, earlyEnd } = this.#context;
    if (!scenario.setup) return {};
    const stop = new AbortController();
    const running = this.#run('setup', stop.signal);
    try {
      const end = await Promise.race([running, earlyEnd.stoppedBeforeLoad]);
      this.#note('setup', end);
      if (end.failure !== undefined)
        throw new ProofloadError(
          'setup-failed',
          `the setup failed, and nothing was loaded: ${end.failure}`,
          'correct the steps of the setup, or what they ask for; the teardown was not run',
        );
      this.#given = end.variables;
      return end.variables;
    } catch (error) {
      stop.abort();
      await running.catch(() => {});
      throw error;
    }
  }

  /** Goes through the teardown, where the scenario has one. It is bounded in time; what fails is said in the log. */
  async tearDown(): Promise<void> {
    const { scenario, log } = this.#context;
    if (!scenario.teardown) return;
    try {
      const end = await this.#run('teardown');
      this.#note('teardown', end);
      if (end.failure !== undefined) log.add('warning', `The teardown failed: ${end.failure}`);
    } catch (error) {
      log.add('warning', `The teardown failed: ${errorMessage(error)}`);
    }
  }

  async #run(part: LifecyclePart, signal?: AbortSignal): Promise<LifecycleEnd> {
    const { workers, scenario, target, secrets } = this.#context;
    if (target.kind !== 'url')
      throw new ProofloadError('usage', `a ${part} is for a service of your own`, 'name the server');
    const given = { ...this.#given };
    return runLifecycleProcess(
      workers,
      { type: 'lifecycle', part, scenario, target, secrets: new Map(secrets), given },
      signal,
    );
  }

  #note(part: LifecyclePart, { requests, durationMs, warnings }: LifecycleEnd): void {
    const { log } = this.#context;
    log.add('info', `${part}: ${requests} ${requests === 1 ? 'request' : 'requests'} in ${formatLatency(durationMs)}`);
    for (const warning of warnings) log.add('warning', `${part}: ${warning}`);
  }
}
