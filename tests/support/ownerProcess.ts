import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWorker } from './buildWorker';

/** A process that owns a piece of work, to be stopped, killed and ended. */
export class OwnerProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #said = '';

  private constructor(file: string, args: readonly string[]) {
    this.#child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#exited = new Promise((exited) => this.#child.once('exit', exited));
    this.#child.stdout?.on('data', (chunk) => {
      this.#said += chunk;
    });
  }

  /** Builds the program of the processes. */
  static async build(): Promise<string> {
    return join(await buildWorker('workOwner.ts', 'work-owner'), 'work-owner.js');
  }

  /** `dataFolder` is where a run of the work is begun, if one is named. */
  static start(program: string, workFolder: string, id: string, dataFolder = ''): OwnerProcess {
    return new OwnerProcess(program, [workFolder, id, dataFolder]);
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the process was not started');
    return this.#child.pid;
  }

  /** Resolves when it has said so: `starts` before it owns the work, `owns` then. */
  says(word: 'starts' | 'owns'): Promise<void> {
    return new Promise((go, fail) => {
      const look = (): void => {
        if (this.#said.includes(word)) go();
        else this.#child.stdout?.once('data', () => setImmediate(look));
      };
      void this.#exited.then(() => fail(new Error(`ended without saying ${word}`)));
      look();
    });
  }

  /** Keeps it from running at all: no timer, no message, no turn of its event loop. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Has it end its work in order. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    await this.#exited;
  }
}
