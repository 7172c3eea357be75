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

/** The dependencies of a setup and a teardown. */
export interface LifecycleContext {
  workers: WorkerHost;
  scenario: Scenario;
  target: LoadTarget;
  secrets: Secrets;
  earlyEnd: EarlyEnd;
  log: RunLog;
}

/**
 * The setup and the teardown of a run. The teardown removes what the setup has made. It runs after each load, however
 * that ended. As in k6, it does not run after a failed setup.
 */
export class RunLifecycle {
  readonly #context: LifecycleContext;
  #given: Readonly<Record<string, string>> = {};

  constructor(context: LifecycleContext) {
    this.#context = context;
  }

  /**
   * Runs the setup, if the scenario has one, and returns the variables that it has extracted. Rejects with
   * `setup-failed`, and with `interrupted` if the run is stopped meanwhile.
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

  /** Runs the teardown, if the scenario has one. Its time is bounded. The log reports what fails. */
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
