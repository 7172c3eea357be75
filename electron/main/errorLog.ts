import type { ReportedError } from '../../shared/errors/errorDetails';
import { redactText } from '../../shared/secrets/redact';
import { printableLine } from '../../shared/text/printable';

/** An error of this app. */
export interface NotedError {
  /** ISO 8601, in UTC. */
  at: string;
  /** The failed operation: a method of the contract, or background work of the app. */
  doing: string;
  code: string;
  /** One line, without secrets. */
  message: string;
}

/** Older errors are dropped. */
const keptErrors = 20;

/** The latest errors of this app, for a bug report. Secrets are hidden when an error is added. */
export class ErrorLog {
  readonly #conceal: (text: string) => string;
  readonly #now: () => Date;
  #errors: readonly NotedError[] = [];

  /** `conceal` hides the values of known secrets. */
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

  /** Oldest first. */
  get all(): readonly NotedError[] {
    return this.#errors;
  }
}
