import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ServerUser } from '../../electron/postgres/serverUser';
import { childrenOf } from '../../electron/system/processes';
import { type RunDocument, runDocumentSchema } from '../../shared/run/document';
import { removeServicePlace } from './servicePlace';

// Tests and benchmarks run in the folder of the project; the latter are built, so that their own place says nothing.
const cliFile = resolve('out/main/cli.js');

/** A command that goes on. */
export interface StartedCommand {
  child: ChildProcess;
  /** Resolves when it has ended. */
  done: Promise<CliResult>;
  /** Resolves when it has printed the text on standard error; rejects when it ends without. */
  stderrHas(text: RegExp): Promise<string>;
  /** The same of standard output. */
  stdoutHas(text: RegExp): Promise<string>;
}

/** How a command is started. */
interface StartOptions {
  /** How many files it may have open. */
  openFiles?: number | undefined;
  /** In a process group of its own, as a shell does it: then a signal can be sent to all of the group. */
  ownGroup?: boolean;
  /** The program instead of the command line itself. */
  program?: readonly string[];
}

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

  /** Starts a command. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}, options: StartOptions = {}): StartedCommand {
    const { openFiles, ownGroup = false, program = [process.execPath, cliFile] } = options;
    const command = [...program, ...args];
    const [file = '', ...rest] =
      openFiles === undefined ? command : ['bash', '-c', `ulimit -n ${openFiles}; exec "$@"`, 'bash', ...command];
    const child = spawn(file, rest, {
      env: { ...process.env, PROOFLOAD_DATA_DIR: this.dataFolder, PROOFLOAD_STORAGE: '', GITHUB_ACTIONS: '', ...env },
      detached: ownGroup,
      ...this.#user,
    });
    this.#children.add(child);
    const printed = { stdout: '', stderr: '' };
    const looks = new Set<() => void>();
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].on('data', (chunk) => {
        printed[stream] += chunk;
        for (const look of looks) look();
      });
    const done = new Promise<CliResult>((settle) => {
      child.on('close', (code) => {
        this.#children.delete(child);
        settle({ code, ...printed });
      });
    });
    const has = (stream: 'stdout' | 'stderr', text: RegExp): Promise<string> =>
      new Promise((go, fail) => {
        const look = (): void => {
          const found = text.exec(printed[stream]);
          if (found) go(found[0]);
        };
        looks.add(look);
        look();
        void done.then(() => fail(new Error(`ended without ${text}:\n${printed[stream]}`)));
      });
    return { child, done, stderrHas: (text) => has('stderr', text), stdoutHas: (text) => has('stdout', text) };
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
    removeServicePlace(this.dataFolder);
  }
}

/** The process ids of a process's workers, by kind (Linux). Throws where one is missing: 0 would be a whole group. */
export function workerPids(pid: number): { target: number; load: number } {
  const children = childrenOf(pid);
  const find = (file: string): number => {
    const worker = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(file));
    if (worker === undefined) throw new Error(`process ${pid} has no worker of ${file}`);
    return worker;
  };
  return { target: find('service.js'), load: find('load.js') };
}
