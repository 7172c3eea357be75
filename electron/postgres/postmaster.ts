import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import pg from 'pg';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { allGone, childrenOf } from '../system/processes';
import { identifyAll, type ProcessIdentity, signalAll } from '../system/processIdentity';
import type { PostgresBinaries } from './binaries';
import { type Cluster, clusterOwner } from './cluster';
import { spawnServer } from './guardedServer';
import { freeLock, leftServer, noteServer } from './leftServer';
import type { ServerUser } from './serverUser';

const startPatienceMs = 30_000;
const stopPatienceMs = 10_000;
const betweenLooksMs = 20;
const bindAttempts = 5;
const keptLogLines = 20;

/** Resolves with a port that is free at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Resolves with true when the processes are gone, and with false when they take too long. */
function ended(processes: readonly ProcessIdentity[]): Promise<boolean> {
  return allGone(
    processes.map(({ pid }) => pid),
    stopPatienceMs,
  );
}

/** The server process of one data folder. It can be started, stopped in order, and killed. */
export class Postmaster {
  readonly #binaries: PostgresBinaries;
  readonly #cluster: Cluster;
  readonly #user: ServerUser | undefined;
  readonly #onEnd: (how: string) => void;
  /** Whether the server is ready and was not told to end: only then is its end reported. */
  #isWanted = false;
  #child: ChildProcess | undefined;
  /** Resolves when the child has ended and is no longer a zombie: PostgreSQL considers its lock held by a zombie. */
  #collected: Promise<unknown> = Promise.resolve();
  #port = 0;
  #log: string[] = [];

  /** `onEnd` is called when a server ends that was not told to, with a description of its end. */
  constructor(
    binaries: PostgresBinaries,
    cluster: Cluster,
    user: ServerUser | undefined,
    onEnd: (how: string) => void,
  ) {
    this.#binaries = binaries;
    this.#cluster = cluster;
    this.#user = user;
    this.#onEnd = onEnd;
  }

  /** The URL of the server while it runs. */
  get url(): string {
    return `postgres://${clusterOwner}:${this.#cluster.password}@127.0.0.1:${this.#port}/postgres`;
  }

  /**
   * Starts the server, on the port of its last start if there was one. First ends a server that a killed Proofload has
   * left behind. Throws `database-unavailable` with the last log lines of the server.
   */
  async start(): Promise<void> {
    await this.#endOrphan();
    for (let attempt = 1; ; attempt += 1) {
      const port = this.#port === 0 || attempt > 1 ? await freePort() : this.#port;
      if (await this.#startOn(port)) return;
      if (attempt >= bindAttempts || !this.#log.some((line) => /could not bind/i.test(line))) throw this.#unavailable();
    }
  }

  /** Ends the server in order: it closes connections and writes all data (PostgreSQL's fast shutdown). */
  async stop(): Promise<void> {
    this.#isWanted = false;
    const all = this.#processes();
    this.#child?.kill('SIGINT');
    if (!(await ended(all))) await this.#end(all);
    await this.#collected;
  }

  /** Ends all processes of the server at once, as a crash would, and resolves when they are gone. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    await this.#end(this.#processes());
    await this.#collected;
  }

  /**
   * Returns the processes of the server. A server that has ended has no process id any more, so nothing is signalled.
   */
  #processes(): ProcessIdentity[] {
    const { pid } = this.#child ?? {};
    // The postmaster comes first, so that it starts no new processes.
    return pid === undefined ? [] : identifyAll([pid, ...childrenOf(pid)]);
  }

  async #end(processes: readonly ProcessIdentity[]): Promise<void> {
    // By the handle of the child, which knows whether it has ended. This also works where processes cannot be
    // identified.
    this.#child?.kill('SIGKILL');
    signalAll(processes, 'SIGKILL');
    await ended(processes);
  }

  /**
   * Ends the server that a killed Proofload has left behind. This process holds the lease of the folder (worker.ts).
   */
  async #endOrphan(): Promise<void> {
    const { dataFolder } = this.#cluster;
    const server = leftServer(dataFolder);
    if (server) {
      const all = [server, ...identifyAll(childrenOf(server.pid))];
      signalAll([server], 'SIGINT');
      if (!(await ended(all))) await this.#end(all);
    }
    freeLock(dataFolder);
  }

  /** Resolves with whether the server got ready; false when it ended first or took too long. */
  async #startOn(port: number): Promise<boolean> {
    this.#log = [];
    const { dataFolder } = this.#cluster;
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300'];
    const args = ['-D', dataFolder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawnServer(this.#binaries.postgres, args, dataFolder, { cwd: dataFolder, ...this.#user });
    let hasEnded = false;
    this.#collected = new Promise((collected) => {
      child.on('exit', collected);
      child.on('error', collected);
    });
    child.on('error', (error) => {
      this.#log.push(error.message);
      hasEnded = true;
    });
    child.on('exit', (code, signal) => {
      hasEnded = true;
      // Its process id may be given to another process from now on.
      if (this.#child === child) this.#child = undefined;
      if (this.#isWanted) this.#onEnd(signal ? `it was ended by ${signal}` : `it exited with code ${code}`);
      this.#isWanted = false;
    });
    child.stderr?.on('data', (chunk) => {
      this.#log = [...this.#log, ...String(chunk).trimEnd().split('\n')].slice(-keptLogLines);
    });
    this.#child = child;
    this.#port = port;
    const untilMs = performance.now() + startPatienceMs;
    while (!hasEnded && performance.now() < untilMs) {
      if (await this.#answers()) {
        // Not earlier, when the process may still be the shell that becomes the server.
        if (child.pid !== undefined) noteServer(dataFolder, child.pid);
        this.#isWanted = !hasEnded;
        return true;
      }
      await new Promise((next) => setTimeout(next, betweenLooksMs));
    }
    if (!hasEnded) await this.kill();
    return false;
  }

  /**
   * Resolves with whether the server responds to a query, which means that it is ready. Its log is meant for people.
   */
  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 1_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch (error) {
      this.#noteRefusal(error);
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** Logs that the server refuses the password: such a server will not get ready by waiting. */
  #noteRefusal(error: unknown): void {
    if (/password authentication failed/.test(errorMessage(error))) this.#log.push(errorMessage(error));
  }

  #unavailable(): ProofloadError {
    const said = this.#log.slice(-3).join('; ') || 'it was not ready in time';
    return new ProofloadError(
      'database-unavailable',
      `the embedded PostgreSQL does not start: ${said}`,
      'free memory or disk space, or give the URL of a PostgreSQL of your own',
    );
  }
}
