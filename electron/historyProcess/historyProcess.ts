import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import type { WorkerHost, WorkerProcess } from '../hosting/workerHost';
import { type HistoryCommand, type HistoryTask, historyReportSchema } from './protocol';

interface Waiting {
  resolve(text: string): void;
  reject(error: ProofloadError): void;
}

function ended(how: string): ProofloadError {
  return new ProofloadError(
    'internal',
    `the process that works on the history ended: ${how}`,
    'what was saved before is there; do this again, and look at the memory and the disk of the machine if it happens again',
  );
}

function stopped(): ProofloadError {
  return new ProofloadError('interrupted', 'the work on the history was stopped', 'do it again');
}

/**
 * A process that works on the history of a data folder. The first task starts it. It runs tasks one after the other.
 */
export class HistoryProcess {
  readonly #workers: WorkerHost;
  readonly #dataFolder: string;
  readonly #endsWhenIdle: boolean;
  #process: WorkerProcess | undefined;
  #waiting: Waiting | undefined;
  #queued = 0;
  #closed = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** With `endsWhenIdle` the process ends when it has no more tasks, and the next task starts it again. */
  constructor(workers: WorkerHost, dataFolder: string, { endsWhenIdle }: { endsWhenIdle: boolean }) {
    this.#workers = workers;
    this.#dataFolder = dataFolder;
    this.#endsWhenIdle = endsWhenIdle;
  }

  /** Starts the process in advance, so that the first task does not wait for it. */
  prepare(): void {
    this.#process ??= this.#start();
  }

  /**
   * Runs a task after the tasks before it. Resolves with the result that the protocol describes, and rejects with the
   * error of the task.
   */
  do(task: HistoryTask): Promise<string> {
    this.#queued += 1;
    const closed = this.#closed;
    const done = this.#last.then(() => this.#send(task, closed)).finally(() => this.#release());
    this.#last = done.catch(() => {});
    return done;
  }

  /** Resolves when all tasks so far have ended. */
  async idle(): Promise<void> {
    await this.#last;
  }

  /** Ends the process and drops its tasks. SQLite rolls back incomplete writes. */
  close(): void {
    this.#closed += 1;
    this.#process?.kill();
    this.#process = undefined;
    this.#settle(({ reject }) => reject(stopped()));
  }

  /** Sends a task, unless the process was closed after the task was added. */
  #send(task: HistoryTask, closed: number): Promise<string> {
    return new Promise((resolve, reject) => {
      if (closed !== this.#closed) {
        reject(stopped());
        return;
      }
      this.#waiting = { resolve, reject };
      this.#process ??= this.#start();
      this.#process.send({ dataFolder: this.#dataFolder, task } satisfies HistoryCommand);
    });
  }

  #start(): WorkerProcess {
    const started = this.#workers.start('history', {
      onMessage: (message) => {
        if (this.#process !== started) return;
        const report = historyReportSchema.safeParse(message);
        this.#settle(({ resolve, reject }) => {
          if (!report.success) reject(ended(`it sent an unreadable message (${errorMessage(report.error)})`));
          else if (report.data.type === 'done') resolve(report.data.text);
          else reject(ProofloadError.of(report.data.error));
        });
      },
      onExit: (how) => {
        if (this.#process !== started) return;
        this.#process = undefined;
        this.#settle(({ reject }) => reject(ended(how)));
      },
    });
    return started;
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) how(waiting);
  }

  #release(): void {
    this.#queued -= 1;
    if (this.#queued > 0 || !this.#endsWhenIdle) return;
    this.#process?.kill();
    this.#process = undefined;
  }
}
