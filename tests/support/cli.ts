import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ServerUser, servicePlace } from '../../electron/postgres/serverUser';
import { childrenOf } from '../../electron/system/processes';
import { type RunDocument, runDocumentSchema } from '../../shared/run/document';

const cliFile = resolve(import.meta.dirname, '../../out/main/cli.js');

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line as a process of its own, with a data folder of its own. */
export class Cli {
  readonly folder = mkdtempSync(join(tmpdir(), 'proofload-cli-'));
  readonly dataFolder = join(this.folder, 'data');
  readonly #children = new Set<ChildProcess>();
  readonly #user: ServerUser | undefined;

  /** `user` runs the commands instead of the one who runs the tests, which only root may ask for. */
  constructor(user?: ServerUser) {
    this.#user = user;
    if (user) chownSync(this.folder, user.uid, user.gid);
  }

  /** Starts a command; `done` resolves when it has ended. `openFiles` is how many files it may have open. */
  start(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    openFiles?: number,
  ): { child: ChildProcess; done: Promise<CliResult>; stderrHas(text: RegExp): Promise<void> } {
    const command = [process.execPath, cliFile, ...args];
    const [file = '', ...rest] =
      openFiles === undefined ? command : ['bash', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'bash', ...command];
    const child = spawn(file, rest, {
      env: { ...process.env, PROOFLOAD_DATA_DIR: this.dataFolder, PROOFLOAD_STORAGE: '', ...env },
      ...this.#user,
    });
    this.#children.add(child);
    let stdout = '';
    let stderr = '';
    const waiting = new Map<RegExp, () => void>();
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
      for (const [text, go] of waiting) if (text.test(stderr)) go();
    });
    const done = new Promise<CliResult>((settle) => {
      child.on('close', (code) => {
        this.#children.delete(child);
        settle({ code, stdout, stderr });
      });
    });
    const stderrHas = (text: RegExp): Promise<void> =>
      new Promise((go, fail) => {
        if (text.test(stderr)) go();
        waiting.set(text, go);
        void done.then(() => fail(new Error(`ended without ${text}:\n${stderr}`)));
      });
    return { child, done, stderrHas };
  }

  run(...args: readonly string[]): Promise<CliResult> {
    return this.start(args).done;
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  document(name: string): RunDocument {
    return runDocumentSchema.parse(JSON.parse(readFileSync(this.file(name), 'utf8')));
  }

  /** What engines have left in the data folder: nothing, after a run. */
  leftovers(): string[] {
    return readdirSync(join(this.dataFolder, 'work'));
  }

  dispose(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
    // PostgreSQL does not run as root, whose folders are closed to others.
    rmSync(servicePlace(join(this.dataFolder, 'postgres')), { recursive: true, force: true });
  }
}

/** The process ids of a process's workers, by kind (Linux). */
export function workerPids(pid: number): { target: number | undefined; load: number | undefined } {
  const children = childrenOf(pid);
  const find = (file: string): number | undefined =>
    children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(file));
  return { target: find('target.js'), load: find('load.js') };
}
