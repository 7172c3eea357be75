import { type ChildProcess, spawn } from 'node:child_process';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { withoutSecrets } from '../../secrets/environment';
import { readLines } from '../readLines';

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
export interface CommandEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
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
    let output = '';
    let complaint = '';
    let fault: { error: unknown } | undefined;
    const keep = (line: string): void => {
      output = `${output}${line}\n`.slice(-maxOutput);
    };
    const report = (line: string): void => {
      if (fault) return;
      try {
        onLine?.(line);
      } catch (error) {
        fault = { error };
        this.#child.kill('SIGKILL');
      }
    };
    const { stdout, stderr } = this.#child;
    const reads = [
      stdout && readLines(stdout, onLine ? report : keep),
      stderr &&
        readLines(stderr, (line) => {
          complaint = `${complaint}${line}\n`.slice(-maxComplaint);
        }),
    ];
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, fail) => {
      this.#child.on('error', (error) =>
        fail(
          new ProofloadError('load-failed', `${file} could not be started: ${errorMessage(error)}`, 'check its path'),
        ),
      );
      this.#child.on('exit', (...how) => done(how));
    });
    await Promise.all(reads);
    if (fault) throw fault.error;
    return { code, signal, output, complaint: complaint.trim() };
  }
}
