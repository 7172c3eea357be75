import { join } from 'node:path';
import { type DatabaseServer, type EngineId, hasServer } from '../../../shared/engines/engine';
import { ProofloadError } from '../../../shared/errors/appError';
import type { WorkerHost } from '../../hosting/workerHost';
import { type HostAddresses, isLoopbackAddress } from '../../hosts/addresses';
import type { HostGuard } from '../../hosts/hostGuard';
import type { Database, DatabaseFinder } from '../../run/runContract';
import type { DatabaseServerAddress } from '../../service/storage/databasePlace';
import { postgresServer } from '../../service/storage/postgres/postgresConnection';
import { EmbeddedPostgres } from './embeddedPostgres';

/** The server that a URL names, as the driver that connects parses it. Throws `usage`. */
async function serverIn(engine: DatabaseServer, url: string): Promise<DatabaseServerAddress> {
  if (engine === 'postgres') return postgresServer(url);
  // The driver is loaded on demand. Otherwise the window would wait for it at every start.
  const { mongoServer } = await import('../../service/storage/mongodb/mongoConnection');
  return mongoServer(url);
}

/** Finds the servers of engines, and starts the embedded one. */
export class Databases implements DatabaseFinder {
  readonly #workers: WorkerHost;
  readonly #postgresFolder: string;
  readonly #urlOf: (server: DatabaseServer) => string | undefined;
  readonly #hosts: HostGuard;
  #embedded: ReturnType<typeof EmbeddedPostgres.start> | undefined;
  /** Aborts a start that waits for another Proofload process. */
  #closing = new AbortController();

  /**
   * `folder` holds the data of the embedded server. `urlOf` returns the URL of a server with its secrets filled in, if
   * one is known. `hosts` decides which hosts besides this machine may be used.
   */
  constructor(
    workers: WorkerHost,
    folder: string,
    urlOf: (server: DatabaseServer) => string | undefined,
    hosts: HostGuard,
  ) {
    this.#workers = workers;
    this.#postgresFolder = join(folder, 'postgres');
    this.#urlOf = urlOf;
    this.#hosts = hosts;
  }

  /** Whether the embedded server was started and has not been stopped. */
  get isEmbeddedRunning(): boolean {
    return this.#embedded !== undefined;
  }

  /**
   * The server of an engine: the one at its URL, else the embedded one, which is started. Undefined for an engine that
   * needs none. `load` says what the server is used for. `known` holds the addresses that were looked up earlier for
   * the same work. Rejects with `database-unavailable`, and as {@link admitEngine} does.
   */
  async of(engine: EngineId, load: string, known?: HostAddresses): Promise<Database | undefined> {
    if (!hasServer(engine)) return undefined;
    const named = await this.admitEngine(engine, load, known);
    if (named) return named;
    if (engine === 'postgres') {
      const embedded = await this.startEmbedded();
      const { port } = postgresServer(embedded.url);
      const { url, server, folder } = embedded;
      const elsewhere = folder === this.#postgresFolder ? {} : { dataElsewhere: folder };
      return { place: { url }, server, localPort: port, died: server.died, ...elsewhere };
    }
    throw new ProofloadError(
      'database-unavailable',
      'no MongoDB server is configured',
      'give the URL of a server; resources/compose.yaml starts one with Docker',
      { details: { about: 'database-url' } },
    );
  }

  /**
   * The server of an engine that has a URL, if its host may be used. Starts nothing. Rejects with `secret-unknown`, and
   * as {@link admit} does.
   */
  async admitEngine(engine: EngineId, load: string, known?: HostAddresses): Promise<Database | undefined> {
    if (!hasServer(engine)) return undefined;
    const url = this.#urlOf(engine);
    return url === undefined ? undefined : this.admit(engine, url, load, known);
  }

  /**
   * The server at a URL, if its host may be used. Rejects with `usage` for a URL that the driver can't parse or that
   * names several servers, `remote-not-allowed`, and `target-unreachable` for a host without an address.
   */
  async admit(engine: DatabaseServer, url: string, load: string, known?: HostAddresses): Promise<Database> {
    const { host, isSocket, port } = await serverIn(engine, url);
    if (isSocket) return { place: { url }, server: undefined };
    const addresses = await this.#hosts.admit([{ host, secrets: [] }], load, known);
    const isHere = addresses[host]?.every(isLoopbackAddress);
    return { place: { url, addresses }, server: undefined, localPort: isHere ? port : undefined };
  }

  /** Starts the embedded PostgreSQL unless it is running. Rejects with `database-unavailable`. */
  startEmbedded(): ReturnType<typeof EmbeddedPostgres.start> {
    if (this.#embedded) return this.#embedded;
    const starting = EmbeddedPostgres.start(this.#workers, this.#postgresFolder, this.#closing.signal);
    this.#embedded = starting;
    const forget = (): void => {
      if (this.#embedded === starting) this.#embedded = undefined;
    };
    starting.then(({ server }) => server.died.catch(forget), forget);
    return starting;
  }

  /** Stops the embedded server if it is running. */
  async close(): Promise<void> {
    const embedded = this.#embedded;
    this.#embedded = undefined;
    this.#closing.abort();
    this.#closing = new AbortController();
    const started = await embedded?.catch(() => undefined);
    await started?.server.stop();
  }
}
