import { type PostgresCommand, type PostgresReport, postgresReportSchema } from '../../postgres/protocol';
import { Deferred } from '../deferred';
import { reportedError } from '../reportedError';
import type { WorkerHost } from '../workerHost';
import { WorkerSession } from '../workerSession';

const stopPatienceMs = 15_000;

/** The PostgreSQL server that comes with the app, with a process that watches over it. */
export class EmbeddedPostgres {
  readonly #session: WorkerSession<PostgresReport>;
  readonly #folder: string;
  #started = new Deferred<string>();
  #killed = new Deferred<void>();

  private constructor(workers: WorkerHost, folder: string) {
    this.#folder = folder;
    this.#session = new WorkerSession(workers, 'postgres', postgresReportSchema, (report) => {
      switch (report.type) {
        case 'started':
          this.#started.resolve(report.url);
          return;
        case 'killed':
          this.#killed.resolve();
          return;
        case 'failed': {
          const error = reportedError(report.error, 'database-unavailable');
          this.#started.reject(error);
          this.#killed.reject(error);
        }
      }
    });
  }

  /** Starts the server on the data in `folder`. Rejects with `database-unavailable`. */
  static async start(workers: WorkerHost, folder: string): Promise<{ server: EmbeddedPostgres; url: string }> {
    const server = new EmbeddedPostgres(workers, folder);
    try {
      return { server, url: await server.#startServer() };
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Starts it again after {@link kill}, on the same data and at the same address. */
  async start(): Promise<void> {
    await this.#startServer();
  }

  async #startServer(): Promise<string> {
    this.#started = new Deferred();
    this.#send({ type: 'start', folder: this.#folder });
    return Promise.race([this.#started.promise, this.#session.died]);
  }

  /** Ends all processes of the server as `kill -9` does. */
  async kill(): Promise<void> {
    this.#killed = new Deferred();
    this.#send({ type: 'kill' });
    await Promise.race([this.#killed.promise, this.#session.died]);
  }

  /** Stops the server in order and resolves when it is gone. */
  stop(): Promise<void> {
    return this.#session.end({ type: 'stop' } satisfies PostgresCommand, stopPatienceMs);
  }

  /** Rejects when the process that watches over the server has ended by itself. */
  get died(): Promise<never> {
    return this.#session.died;
  }

  #send(command: PostgresCommand): void {
    this.#session.send(command);
  }
}
