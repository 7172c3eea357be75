import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { toolNames } from '../../shared/run/driver';
import { pluginDescriptor } from './artilleryPlugin';
import type { ToolRun } from './drivenLoad';
import type { FoundTool } from './findTool';
import { exitOf, LineReader, OutputTail, type ProcessExit } from './processOutput';
import { readLines } from './readLines';
import { toolEnvironment } from './toolEnvironment';

/** How many characters of a tool's standard error are kept. They are its last ones, which state the reason. */
const maxComplaint = 2_000;
/** How long the command may take that ends what a process has started. */
const killPatienceMs = 10_000;

/** How a process of a tool ended. */
export interface ToolEnd extends ProcessExit {
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
    const complaint = new OutputTail(maxComplaint);
    const samples = new LineReader(onLine, () => this.kill());
    const { stdout, stderr, stdio } = this.#child;
    const ofPlugin = stdio[pluginDescriptor];
    const reads = [
      stdout && readLines(stdout, tool === 'artillery' ? complaint.add : samples.read),
      stderr && readLines(stderr, complaint.add),
      ofPlugin instanceof Readable ? readLines(ofPlugin, samples.read) : undefined,
    ];
    const exit = await exitOf(this.#child).catch((error: unknown) => {
      const message = `${toolNames[tool]} could not be started: ${errorMessage(error)}`;
      throw new ProofloadError('load-failed', message, 'name another command', { details: { about: 'driver', tool } });
    });
    await Promise.all(reads);
    if (samples.fault)
      throw new ProofloadError(
        'load-failed',
        `${toolNames[tool]} wrote a sample that can't be read: ${errorMessage(samples.fault.error)}`,
        'try a version that is named in the documentation',
      );
    return { ...exit, complaint: conceal(complaint.text.trim()) };
  }
}
