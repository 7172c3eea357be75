import { join } from 'node:path';
import { databaseHosts } from '../../../shared/engines/database';
import { type DatabaseServer, type EngineId, hasServer } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import { isLoopbackHost } from '../../../shared/units/host';
import type { WorkerHost } from '../workerHost';
import { EmbeddedPostgres } from './embeddedPostgres';

/** A server that is ours, so that the conformance suite may kill it. */
export interface KillableServer {
  /** Ends all its processes as `kill -9` does. */
  kill(): Promise<void>;
  /** Starts it again on the same data and at the same address. */
  start(): Promise<void>;
}

/** The server behind an engine. */
export interface Database {
  url: string;
  server: KillableServer | undefined;
}

/** Where the servers of engines are found, and the one that is started for them. */
export class Databases {
  readonly #workers: WorkerHost;
  readonly #folder: string;
  readonly #urlOf: (server: DatabaseServer) => string | undefined;
  readonly #allowsHost: (host: string) => boolean;
  #embedded: Promise<{ server: EmbeddedPostgres; url: string }> | undefined;

  /**
   * `folder` is for the data of the embedded server; `urlOf` gives the URL of a server with its secrets filled in, if
   * one is known; `allowsHost` says which hosts beside this machine may be used.
   */
  constructor(
    workers: WorkerHost,
    folder: string,
    urlOf: (server: DatabaseServer) => string | undefined,
    allowsHost: (host: string) => boolean,
  ) {
    this.#workers = workers;
    this.#folder = folder;
    this.#urlOf = urlOf;
    this.#allowsHost = allowsHost;
  }

  /** Whether the embedded server was started and not stopped. */
  get isEmbeddedRunning(): boolean {
    return this.#embedded !== undefined;
  }

  /**
   * The server of an engine: by its URL, else the embedded one, which is started. Undefined for an engine that needs
   * none. Rejects with `database-unavailable`, `remote-not-allowed`, `secret-unknown`.
   */
  async of(engine: EngineId): Promise<Database | undefined> {
    if (!hasServer(engine)) return undefined;
    const url = this.#urlOf(engine);
    if (url !== undefined) {
      this.requireAllowed(url);
      return { url, server: undefined };
    }
    if (engine === 'postgres') return this.startEmbedded();
    throw new ProofloadError(
      'database-unavailable',
      'no MongoDB is known',
      'give its URL with --database-url or in Settings; resources/compose.yaml starts one with Docker',
    );
  }

  /** Starts the embedded PostgreSQL, unless it runs. Rejects with `database-unavailable`. */
  startEmbedded(): Promise<{ server: EmbeddedPostgres; url: string }> {
    if (this.#embedded) return this.#embedded;
    const starting = EmbeddedPostgres.start(this.#workers, join(this.#folder, 'postgres'));
    this.#embedded = starting;
    const forget = (): void => {
      if (this.#embedded === starting) this.#embedded = undefined;
    };
    starting.then(({ server }) => server.died.catch(forget), forget);
    return starting;
  }

  /** Stops the embedded server, if it runs. */
  async close(): Promise<void> {
    const embedded = this.#embedded;
    this.#embedded = undefined;
    const started = await embedded?.catch(() => undefined);
    await started?.server.stop();
  }

  /** Throws `remote-not-allowed` for a database on a host that the user has not named. */
  requireAllowed(url: string): void {
    const refused = databaseHosts(url).find((host) => !isLoopbackHost(host) && !this.#allowsHost(host));
    if (refused === undefined) return;
    throw new ProofloadError(
      'remote-not-allowed',
      `the database on ${refused} is not on this machine`,
      'load only databases that are yours or whose owner agrees; if so, say --allow-remote or confirm the host',
    );
  }
}
