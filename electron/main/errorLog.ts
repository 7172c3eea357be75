import type { ReportedError } from '../../shared/errors/errorDetails';
import { redactText } from '../../shared/secrets/redact';
import { printableLine } from '../../shared/text/printable';

/** An error of this app. */
export interface NotedError {
  /** ISO 8601, in UTC. */
  at: string;
  /** What was being done: a method of the contract, or work of the app's own. */
  doing: string;
  code: string;
  /** On one line, without secrets. */
  message: string;
}

/** Older ones are forgotten. */
const keptErrors = 20;

/** The last errors of this app, for a report of a defect; secrets are hidden when they are noted. */
export class ErrorLog {
  readonly #conceal: (text: string) => string;
  readonly #now: () => Date;
  #errors: readonly NotedError[] = [];

  /** `conceal` hides the values of the secrets that are known. */
  constructor(conceal: (text: string) => string, now: () => Date) {
    this.#conceal = conceal;
    this.#now = now;
  }

  note(doing: string, { code, message }: ReportedError): void {
    const noted = {
      at: this.#now().toISOString(),
      doing,
      code,
      message: printableLine(redactText(this.#conceal(message))),
    };
    this.#errors = [...this.#errors, noted].slice(-keptErrors);
  }

  /** The oldest first. */
  get all(): readonly NotedError[] {
    return this.#errors;
  }
}
