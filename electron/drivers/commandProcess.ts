import { type ChildProcess, spawn } from 'node:child_process';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { withoutSecrets } from '../secrets/environment';
import { exitOf, LineReader, OutputTail, type ProcessExit } from './processOutput';
import { readLines } from './readLines';

/** How many characters of the output are kept. They are its last ones. */
const maxOutput = 10_000_000;
const maxComplaint = 2_000;

/** A command to start. */
export interface CommandStart {
  /** Its file. */
  file: string;
  args: readonly string[];
  folder: string;
  /** Text for its standard input; it has none without. */
  input?: string | undefined;
  /** Variables in addition to the environment, of which it does not see the secrets of Proofload. */
  env?: Readonly<Record<string, string>>;
  /** Receives each line of its standard output, in the place of {@link CommandEnd.output}. */
  onLine?: ((line: string) => void) | undefined;
}

/** How a command ended. */
export interface CommandEnd extends ProcessExit {
  output: string;
  /** The end of its standard error. */
  complaint: string;
}

/** A command that was started without a shell. */
export class CommandProcess {
  /**
   * Resolves when it has ended and its output was read. Rejects with `load-failed` when it can't be started, or with
   * what `onLine` has thrown, which ends it.
   */
  readonly ended: Promise<CommandEnd>;
  readonly #child: ChildProcess;

  constructor({ file, args, folder, input, env = {}, onLine }: CommandStart) {
    const output = input === undefined ? 'ignore' : 'pipe';
    this.#child = spawn(file, [...args], {
      cwd: folder,
      env: { ...withoutSecrets(process.env), ...env },
      stdio: [output, 'pipe', 'pipe'],
      windowsHide: true,
    });
    // A command that ends before it has read everything is reported by its code.
    this.#child.stdin?.on('error', () => {});
    this.#child.stdin?.end(input);
    this.ended = this.#read(file, onLine);
    this.ended.catch(() => {});
  }

  /** Asks it to end, as Ctrl-C does. */
  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  async #read(file: string, onLine: CommandStart['onLine']): Promise<CommandEnd> {
    const output = new OutputTail(maxOutput);
    const complaint = new OutputTail(maxComplaint);
    const lines = onLine && new LineReader(onLine, () => this.#child.kill('SIGKILL'));
    const { stdout, stderr } = this.#child;
    const reads = [
      stdout && readLines(stdout, lines ? lines.read : output.add),
      stderr && readLines(stderr, complaint.add),
    ];
    const exit = await exitOf(this.#child).catch((error: unknown) => {
      throw new ProofloadError('load-failed', `${file} could not be started: ${errorMessage(error)}`, 'check its path');
    });
    await Promise.all(reads);
    if (lines?.fault) throw lines.fault.error;
    return { ...exit, output: output.text, complaint: complaint.text.trim() };
  }
}
