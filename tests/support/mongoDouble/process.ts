import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { buildWorker } from '../buildWorker';

/** The test double as a process that can be killed and started again on its journal. */
export class MongoDouble {
  readonly #file: string;
  readonly #journal: string;
  #child: ChildProcess | undefined;
  #url: string | undefined;

  private constructor(file: string, journal: string) {
    this.#file = file;
    this.#journal = journal;
  }

  /** Builds and starts it, with its journal in `folder`. */
  static async start(folder: string): Promise<MongoDouble> {
    const built = await buildWorker('mongoDouble/server.ts', 'mongo-double');
    const double = new MongoDouble(join(built, 'mongo-double.js'), join(folder, 'journal.bson'));
    await double.start();
    return double;
  }

  get url(): string {
    if (this.#url === undefined) throw new Error('the test double was not started');
    return this.#url;
  }

  /** Starts it, after a kill at the same address. */
  async start(): Promise<void> {
    const port = this.#url === undefined ? '0' : new URL(this.#url).port;
    const child = fork(this.#file, [this.#journal, port], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      execArgv: [],
    });
    this.#child = child;
    this.#url = await new Promise<string>((found, fail) => {
      child.stdout?.once('data', (text) => found(String(text).trim()));
      child.once('exit', (code) => fail(new Error(`the test double ended with code ${code}`)));
    });
  }

  /** Keeps it from answering, with its connections open, until it is thawed. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends it as `kill -9` does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    this.#child = undefined;
  }
}
