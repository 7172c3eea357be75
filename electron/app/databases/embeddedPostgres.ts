import { ProofloadError } from '../../../shared/errors/appError';
import { Deferred } from '../../hosting/deferred';
import { reportedError } from '../../hosting/reportedError';
import type { WorkerHost } from '../../hosting/workerHost';
import { WorkerSession } from '../../hosting/workerSession';
import { type PostgresCommand, type PostgresReport, postgresReportSchema } from '../../postgres/protocol';

const stopPatienceMs = 15_000;

function serverEnded(how: string): ProofloadError {
  return new ProofloadError(
    'database-unavailable',
    `the embedded PostgreSQL ended during the run: ${how}`,
    'what was measured until then is kept; run it again, and look at the memory and the disk of the machine if it happens again',
  );
}

/** The URL of a server and the folder of its data. */
interface StartedServer {
  url: string;
  folder: string;
}

/** The PostgreSQL server that ships with the app, with a process that supervises it. */
export class EmbeddedPostgres {
  /** Rejects when the server, or the process that supervises it, ends unexpectedly. */
  readonly died: Promise<never>;
  readonly #session: WorkerSession<PostgresReport>;
  readonly #folder: string;
  readonly #ended = new Deferred<never>();
  #started = new Deferred<StartedServer>();
  #killed = new Deferred<void>();

  private constructor(workers: WorkerHost, folder: string) {
    this.#folder = folder;
    this.#session = new WorkerSession(workers, 'postgres', postgresReportSchema, (report) => {
      switch (report.type) {
        case 'started':
          this.#started.resolve({ url: report.url, folder: report.folder });
          return;
        case 'killed':
          this.#killed.resolve();
          return;
        case 'ended':
          this.#ended.reject(serverEnded(report.how));
          // A server that has ended needs no supervisor. The next one has its own.
          void this.stop();
          return;
        case 'failed': {
          const error = reportedError(report.error, 'database-unavailable');
          this.#started.reject(error);
          this.#killed.reject(error);
        }
      }
    });
    this.died = Promise.race([this.#session.died, this.#ended.promise]);
    // Its rejection needs no handler.
    this.died.catch(() => {});
  }

  /**
   * Starts the server on the data in `folder`. Rejects with `database-unavailable`, also when `signal` aborts while it
   * waits for another Proofload process to stop its server.
   */
  static async start(
    workers: WorkerHost,
    folder: string,
    signal?: AbortSignal,
  ): Promise<StartedServer & { server: EmbeddedPostgres }> {
    const server = new EmbeddedPostgres(workers, folder);
    signal?.addEventListener('abort', () => void server.stop(), { once: true });
    try {
      return { server, ...(await server.#startServer()) };
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Starts the server again after {@link kill}, with the same data and at the same address. */
  async start(): Promise<void> {
    await this.#startServer();
  }

  async #startServer(): Promise<StartedServer> {
    this.#started = new Deferred();
    this.#send({ type: 'start', folder: this.#folder });
    return Promise.race([this.#started.promise, this.died]);
  }

  /** Ends all processes of the server as `kill -9` does. */
  async kill(): Promise<void> {
    this.#killed = new Deferred();
    this.#send({ type: 'kill' });
    await Promise.race([this.#killed.promise, this.died]);
  }

  /** Stops the server gracefully and resolves when it has ended. */
  stop(): Promise<void> {
    return this.#session.end({ type: 'stop' } satisfies PostgresCommand, stopPatienceMs);
  }

  #send(command: PostgresCommand): void {
    this.#session.send(command);
  }
}
