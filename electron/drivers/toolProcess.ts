import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { toolNames } from '../../shared/run/driver';
import { pluginDescriptor } from './artilleryPlugin';
import type { ToolRun } from './drivenLoad';
import type { FoundTool } from './findTool';
import { readLines } from './readLines';
import { toolEnvironment } from './toolEnvironment';

/** How many characters of a tool's standard error are kept. They are its last ones, which state the reason. */
const maxComplaint = 2_000;
/** How long the command may take that ends what a process has started. */
const killPatienceMs = 10_000;

/** How a process of a tool ended. */
export interface ToolEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The end of its standard error, and of its standard output if that has no samples. */
  complaint: string;
}

/** The reader of a tool's output. */
export interface ToolReader {
  /** Receives each line of samples. */
  onLine(line: string): void;
  /** Hides secrets in the messages of a tool. */
  conceal(text: string): string;
}

/** A process of k6 or Artillery whose samples are read. */
export class ToolProcess {
  /** Resolves when the process has ended and all of its output was read. */
  readonly ended: Promise<ToolEnd>;
  readonly #child: ChildProcess;
  readonly #killArgs: readonly string[] | undefined;

  /**
   * Starts the process in a folder of its own. `onLine` receives each line of samples. When it throws, the process is
   * killed and `ended` rejects with the reason. Throws when the files can't be written.
   */
  constructor(tool: FoundTool, run: ToolRun, folder: string, { onLine, conceal }: ToolReader) {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(run.files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o600 });
    }
    this.#killArgs = run.killArgs;
    this.#child = spawn(tool.path, [...run.args], {
      cwd: folder,
      env: { ...toolEnvironment(), ARTILLERY_PLUGIN_PATH: folder, ...run.env },
      stdio: [run.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // A process that ends before it has read everything is reported by its end.
    this.#child.stdin?.on('error', () => {});
    this.#child.stdin?.end(run.input);
    this.ended = this.#read(tool, { onLine, conceal });
    this.ended.catch(() => {});
  }

  /** Asks the process to end, as Ctrl-C does. */
  interrupt(): void {
    // Windows has no signal that could be passed on to what the process has started.
    if (this.#killArgs && process.platform === 'win32') this.kill();
    else this.#child.kill('SIGINT');
  }

  /** Ends the process, and what it has started, at once. */
  kill(): void {
    const { spawnfile, exitCode, signalCode } = this.#child;
    const end = (): void => void this.#child.kill('SIGKILL');
    if (!this.#killArgs || exitCode !== null || signalCode !== null) {
      end();
      return;
    }
    const killer = spawn(spawnfile, [...this.#killArgs], {
      env: toolEnvironment(),
      stdio: 'ignore',
      windowsHide: true,
      timeout: killPatienceMs,
      killSignal: 'SIGKILL',
    });
    killer.on('error', end);
    killer.on('exit', end);
  }

  async #read({ tool }: FoundTool, { onLine, conceal }: ToolReader): Promise<ToolEnd> {
    let complaint = '';
    const complain = (line: string): void => {
      complaint = `${complaint}${line}\n`.slice(-maxComplaint);
    };
    let unreadable: unknown;
    const read = (line: string): void => {
      if (unreadable !== undefined) return;
      try {
        onLine(line);
      } catch (error) {
        unreadable = error;
        this.kill();
      }
    };
    const { stdout, stderr, stdio } = this.#child;
    const ofPlugin = stdio[pluginDescriptor];
    const reads = [
      stdout && readLines(stdout, tool === 'artillery' ? complain : read),
      stderr && readLines(stderr, complain),
      ofPlugin instanceof Readable ? readLines(ofPlugin, read) : undefined,
    ];
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, fail) => {
      this.#child.on('error', (error) =>
        fail(
          new ProofloadError(
            'load-failed',
            `${toolNames[tool]} could not be started: ${errorMessage(error)}`,
            'name another command',
            {
              details: { about: 'driver', tool },
            },
          ),
        ),
      );
      this.#child.on('exit', (...how) => done(how));
    });
    await Promise.all(reads);
    if (unreadable !== undefined)
      throw new ProofloadError(
        'load-failed',
        `${toolNames[tool]} wrote a sample that can't be read: ${errorMessage(unreadable)}`,
        'try a version that is named in the documentation',
      );
    return { code, signal, complaint: conceal(complaint.trim()) };
  }
}
