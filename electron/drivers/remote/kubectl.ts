import { ProofloadError } from '../../../shared/errors/appError';
import { CommandProcess } from '../commandProcess';
import { quoteComplaint } from '../processOutput';

/** Runs commands of kubectl in a folder, one after the other, with one that keeps running beside them. */
export class Kubectl {
  readonly #file: string;
  readonly #folder: string;
  readonly #conceal: (text: string) => string;
  readonly #running = new Set<CommandProcess>();

  /** `conceal` hides secrets in what kubectl says. */
  constructor(file: string, folder: string, conceal: (text: string) => string) {
    this.#file = file;
    this.#folder = folder;
    this.#conceal = conceal;
  }

  /** Runs a command and resolves with what it prints. Rejects with `load-failed` when it fails. */
  async run(args: readonly string[], input?: string): Promise<string> {
    const { code, output, complaint } = await this.#start(args, { input }).ended;
    if (code === 0) return output;
    throw this.#failed(args, complaint);
  }

  /** Starts a command that keeps running, such as `logs --follow`. Each line of its output goes to `onLine`. */
  follow(args: readonly string[], onLine: (line: string) => void): CommandProcess {
    return this.#start(args, { onLine });
  }

  /** Ends the commands that are running. */
  interrupt(): void {
    for (const command of this.#running) command.interrupt();
  }

  #start(
    args: readonly string[],
    more: { input?: string | undefined; onLine?: (line: string) => void },
  ): CommandProcess {
    const command = new CommandProcess({ file: this.#file, args, folder: this.#folder, ...more });
    this.#running.add(command);
    const forget = (): void => void this.#running.delete(command);
    command.ended.then(forget, forget);
    return command;
  }

  #failed(args: readonly string[], complaint: string): ProofloadError {
    const verb = args.find((arg) => /^(create|wait|get|logs|delete)$/.test(arg)) ?? '';
    return new ProofloadError(
      'load-failed',
      `kubectl ${verb} failed.${this.#conceal(quoteComplaint(complaint))}`,
      'look at the commands of a dry run, and run the one that failed by hand',
    );
  }
}
