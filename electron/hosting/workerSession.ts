import type { z } from 'zod';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import type { WorkerHost, WorkerKind, WorkerProcess } from './workerHost';

const workerNames: Record<WorkerKind, string> = {
  service: 'service process',
  load: 'load process',
  'null-server': 'null server',
  conformance: 'process of the conformance suite',
  postgres: 'process that watches over PostgreSQL',
  reader: 'process that reads files',
  history: 'process that works on the history',
};
const failureCodes = {
  service: 'target-failed',
  load: 'load-failed',
  'null-server': 'target-failed',
  conformance: 'target-failed',
  postgres: 'database-unavailable',
  reader: 'import-failed',
  history: 'internal',
} as const;

/** Whether an error has the code of a worker that ended unexpectedly. */
export function isWorkerFailure({ code }: ProofloadError): boolean {
  return Object.values(failureCodes).some((failure) => failure === code && failure !== 'internal');
}

/** The error for a worker that ended unexpectedly. */
function workerDied(kind: WorkerKind, how: string): ProofloadError {
  return new ProofloadError(
    failureCodes[kind],
    `the ${workerNames[kind]} ended during the run: ${how}`,
    'what was measured until then is kept; run it again, and look at the memory and the disk of the machine if it happens again',
  );
}

/**
 * A worker process as the coordinator sees it. Its messages are parsed, and its end is known. `died` rejects when the
 * process ends before {@link end} was called, or sends a message that is not in the protocol.
 */
export class WorkerSession<Report> {
  readonly died: Promise<never>;
  readonly #kind: WorkerKind;
  readonly #process: WorkerProcess;
  readonly #exited: Promise<void>;
  #expected = false;

  constructor(host: WorkerHost, kind: WorkerKind, schema: z.ZodType<Report>, onReport: (report: Report) => void) {
    this.#kind = kind;
    let exited = (): void => {};
    this.#exited = new Promise((resolve) => {
      exited = resolve;
    });
    let die: (error: ProofloadError) => void = () => {};
    this.died = new Promise<never>((_resolve, reject) => {
      die = reject;
    });
    // A session that is no longer awaited must not end the app.
    this.died.catch(() => {});
    this.#process = host.start(kind, {
      onMessage: (message) => {
        try {
          onReport(schema.parse(message));
        } catch (error) {
          die(workerDied(this.#kind, `it sent an unreadable message (${errorMessage(error)})`));
        }
      },
      onExit: (how) => {
        exited();
        if (!this.#expected) die(workerDied(this.#kind, how));
      },
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(command: object): void {
    this.#process.send(command);
  }

  /** Ends the process as `kill -9` does, and resolves when it has ended. */
  async kill(): Promise<void> {
    this.#expected = true;
    this.#process.kill();
    await this.#exited;
  }

  /**
   * Asks the process to end with `command`, kills it after `patienceMs` if it has not ended, and resolves at its end.
   */
  async end(command: object, patienceMs: number): Promise<void> {
    this.#expected = true;
    this.#process.send(command);
    const timer = setTimeout(() => this.#process.kill(), patienceMs);
    await this.#exited;
    clearTimeout(timer);
  }
}
