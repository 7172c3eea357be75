import type { EngineConfig } from '../../../shared/engines/config';
import type { CheckResult } from '../../../shared/engines/conformance';
import { ProofloadError } from '../../../shared/errors/appError';
import { Deferred } from '../../hosting/deferred';
import { reportedError } from '../../hosting/reportedError';
import type { WorkerHost } from '../../hosting/workerHost';
import { WorkerSession } from '../../hosting/workerSession';
import {
  type ConformanceCommand,
  type ConformanceMessage,
  conformanceReportMessageSchema,
} from '../../service/conformance/protocol';
import type { AcknowledgedWrite } from '../../service/protocol';

type Message<Type extends ConformanceMessage['type']> = Extract<ConformanceMessage, { type: Type }>;
type Place = Extract<ConformanceCommand, { type: 'open' }>['place'];

/** The time limit of a single check. */
const checkPatienceMs = 120_000;

/** A write and the time at which its acknowledgement arrived. */
export interface TimedWrite extends AcknowledgedWrite {
  atMs: number;
}

/** A process that holds the engine under test. */
export class EngineHolder {
  readonly #session: WorkerSession<ConformanceMessage>;
  readonly #answers = new Map<ConformanceMessage['type'], Deferred<ConformanceMessage>>();
  readonly #onResult: (result: CheckResult) => void;
  #onWrite: (write: TimedWrite) => void = () => {};
  #watchdog: NodeJS.Timeout | undefined;
  #lastCheck = 'the start';

  constructor(host: WorkerHost, onResult: (result: CheckResult) => void = () => {}) {
    this.#onResult = onResult;
    this.#session = new WorkerSession(host, 'conformance', conformanceReportMessageSchema, (message) => {
      switch (message.type) {
        case 'checked':
          this.#watch();
          this.#lastCheck = message.result.id;
          this.#onResult(message.result);
          return;
        case 'acknowledged':
          this.#onWrite({ ...message.write, atMs: performance.now() });
          return;
        case 'failed': {
          const error = reportedError(message.error, 'target-failed');
          for (const answer of this.#answers.values()) answer.reject(error);
          return;
        }
        default:
          this.#answers.get(message.type)?.resolve(message);
      }
    });
  }

  async open(config: EngineConfig, place: Place): Promise<Message<'opened'>> {
    return this.#ask({ type: 'open', config, place }, 'opened');
  }

  /** Makes all checks that need no crash and reports each as it ends. Rejects when a check does not end. */
  async check(seed: number): Promise<void> {
    this.#watch();
    try {
      await this.#ask({ type: 'check', seed }, 'all-checked');
    } finally {
      clearTimeout(this.#watchdog);
    }
  }

  /** Starts to write. Calls `onWrite` for each acknowledged write. The promise resolves when the engine has failed. */
  write(seed: number, onWrite: (write: TimedWrite) => void): Promise<Message<'write-failed'>> {
    this.#onWrite = onWrite;
    return this.#ask({ type: 'write', seed }, 'write-failed');
  }

  verify(writes: readonly AcknowledgedWrite[]): Promise<Message<'verified'>> {
    return this.#ask({ type: 'verify', writes: [...writes] }, 'verified');
  }

  /** Ends the process as `kill -9` does, and resolves when it is gone. */
  kill(): Promise<void> {
    const killed = new ProofloadError('interrupted', 'the process was ended', 'start the suite again');
    for (const answer of this.#answers.values()) answer.reject(killed);
    return this.#session.kill();
  }

  /** Removes the data when they are on a server, and ends the process. */
  end(patienceMs: number): Promise<void> {
    return this.#session.end({ type: 'stop' } satisfies ConformanceCommand, patienceMs);
  }

  /** A faulty engine can keep its process busy forever, so only another process can end it. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      const error = new ProofloadError(
        'target-failed',
        `the check after ${this.#lastCheck} did not end within ${checkPatienceMs / 1000} s`,
        'this engine does not work with these settings; if it has a server, check that one',
      );
      for (const answer of this.#answers.values()) answer.reject(error);
    }, checkPatienceMs);
  }

  async #ask<Type extends ConformanceMessage['type']>(
    command: ConformanceCommand,
    answer: Type,
  ): Promise<Message<Type>> {
    const deferred = new Deferred<ConformanceMessage>();
    this.#answers.set(answer, deferred);
    this.#session.send(command);
    try {
      const message = await Promise.race([deferred.promise, this.#session.died]);
      if (isOfType(message, answer)) return message;
      throw new Error(`${answer} was answered by ${message.type}`);
    } finally {
      this.#answers.delete(answer);
    }
  }
}

function isOfType<Type extends ConformanceMessage['type']>(
  message: ConformanceMessage,
  type: Type,
): message is Message<Type> {
  return message.type === type;
}
