import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { toolNames } from '../../shared/run/driver';
import { pluginDescriptor } from './artilleryPlugin';
import type { ToolRun } from './drivenLoad';
import type { FoundTool } from './findTool';
import { toolEnvironment } from './toolEnvironment';

/** A line that is longer is none of a sample. */
const maxLine = 1_000_000;
/** So much of what a tool says on standard error is kept: its end, where the reason stands. */
const maxComplaint = 2_000;

/** How a process of a tool ended. */
export interface ToolEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The end of what it said on standard error, and on standard output where that has no samples. */
  complaint: string;
}

/** Who reads what a tool writes. */
export interface ToolReader {
  /** Gets each line of samples. */
  onLine(line: string): void;
  /** Takes secrets out of what a tool says. */
  conceal(text: string): string;
}

/** Splits a stream into its lines; the last need not be ended. */
function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  stream.setEncoding('utf8');
  let rest = '';
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length > maxLine) rest = '';
  });
  return new Promise((ended) => {
    stream.on('close', () => {
      if (rest !== '') onLine(rest);
      ended();
    });
  });
}

/** A process of k6 or of Artillery, and what it writes of its samples. */
export class ToolProcess {
  /** Resolves when it is gone and all that it wrote was read. */
  readonly ended: Promise<ToolEnd>;
  readonly #child: ChildProcess;

  /**
   * Starts it in a folder that is its own. `onLine` gets each line of samples; what it throws ends the process, and
   * `ended` rejects with it. Throws where its files can't be written.
   */
  constructor(tool: FoundTool, run: ToolRun, folder: string, { onLine, conceal }: ToolReader) {
    for (const [name, text] of Object.entries(run.files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o600 });
    }
    this.#child = spawn(tool.path, [...run.args], {
      cwd: folder,
      env: { ...toolEnvironment(), ARTILLERY_PLUGIN_PATH: folder, ...run.env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.ended = this.#read(tool, { onLine, conceal });
    this.ended.catch(() => {});
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks it to end as Ctrl-C does. */
  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
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
