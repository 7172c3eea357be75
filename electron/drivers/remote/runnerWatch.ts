import { ProofloadError } from '../../../shared/errors/appError';
import { Deferred } from '../../hosting/deferred';
import type { WallClock } from '../wallClock';
import { clusterState, requestsInLogs } from './clusterState';
import type { Kubectl } from './kubectl';
import type { KubernetesCommands } from './kubernetesCommands';
import type { OtlpSamples } from './otlpSamples';

/** How often the state of the runners is checked. */
const lookMs = 2_000;
/** How often to check whether the last samples have arrived. */
const settleLookMs = 250;
/** How long to wait for more samples where some are missing. Runners and collector write once a second. */
const settlePatienceMs = 10_000;
/** The same when it is not known how many there are. */
const quietMs = 3_000;
/** How long k6-operator may take to start a TestRun. */
const takingPatienceMs = 120_000;
/** How often in a row kubectl may fail to report the state of the runners. */
const mostFailures = 5;

/** The error of a load in Kubernetes that can't go on. */
export function clusterFault(message: string): ProofloadError {
  return new ProofloadError('load-failed', message, 'look at the pods and their logs with kubectl, and start again');
}

/** What is watched, and with what. */
export interface WatchedRunners {
  kubectl: Pick<Kubectl, 'run'>;
  commands: Pick<KubernetesCommands, 'look' | 'readTotals'>;
  runners: number;
  samples: Pick<OtlpSamples, 'requests'>;
  clock: WallClock;
}

/** Whether all samples of a load have arrived. */
export interface Settled {
  /** The fault of a load whose samples are incomplete. */
  fault: ProofloadError | undefined;
  /** Whether it is known how many there were. */
  isKnown: boolean;
}

/** Watches the runners of a TestRun until they have ended and their samples have arrived. */
export class RunnerWatch {
  readonly #watched: WatchedRunners;
  readonly #stopRequested = new Deferred<void>();
  #isStopped = false;

  constructor(watched: WatchedRunners) {
    this.#watched = watched;
  }

  /** Ends {@link untilEnd}. */
  stop(): void {
    this.#isStopped = true;
    this.#stopRequested.resolve();
  }

  /**
   * Resolves when all runners have ended or the watch is stopped, with the fault that ends the load. Rejects with
   * `load-failed` when kubectl fails several times in a row.
   */
  async untilEnd(): Promise<ProofloadError | undefined> {
    const { kubectl, commands, runners, clock } = this.#watched;
    const begunMs = clock.nowMs();
    let failures = 0;
    while (!this.#isStopped) {
      const output = await kubectl.run(commands.look).catch((error: unknown) => {
        failures += 1;
        if (failures >= mostFailures) throw error;
        return undefined;
      });
      if (output !== undefined) {
        failures = 0;
        const { fault, isOver, isTaken } = clusterState(output, runners);
        if (fault || isOver) return fault;
        if (!isTaken && clock.nowMs() - begunMs > takingPatienceMs)
          return clusterFault(
            'k6-operator has not started the TestRun: check that it is installed and watches this namespace',
          );
      }
      await this.#pause(lookMs, [this.#stopRequested.promise]);
    }
    return undefined;
  }

  /** Waits for the last samples of runners that have ended. The logs of those that were stopped are gone. */
  async settle(): Promise<Settled> {
    const { kubectl, commands, runners, samples, clock } = this.#watched;
    const logs = this.#isStopped ? '' : await kubectl.run(commands.readTotals).catch(() => '');
    const total = requestsInLogs(logs, runners);
    const patienceMs = total === undefined ? quietMs : settlePatienceMs;
    let seen = samples.requests;
    let changedMs = clock.nowMs();
    while (samples.requests !== total && clock.nowMs() - changedMs < patienceMs) {
      await this.#pause(settleLookMs, []);
      if (samples.requests === seen) continue;
      seen = samples.requests;
      changedMs = clock.nowMs();
    }
    if (total === undefined) return { fault: undefined, isKnown: false };
    const { requests } = samples;
    const missing = `samples of ${requests} requests arrived, but k6 sent ${total}`;
    return { fault: requests === total ? undefined : clusterFault(missing), isKnown: true };
  }

  /** Resolves after a time, or with the first of `others`. */
  #pause(durationMs: number, others: readonly Promise<void>[]): Promise<void> {
    const over = new Deferred<void>();
    const cancel = this.#watched.clock.every(durationMs, () => over.resolve());
    return Promise.race([over.promise, ...others]).finally(cancel);
  }
}
