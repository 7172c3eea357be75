import type { LogLine } from '../../shared/run/document';
import type { RunEvent } from '../../shared/run/events';

/** The log of a run. Each line is emitted as an event and becomes part of the document. */
export class RunLog {
  readonly lines: LogLine[] = [];
  readonly #redact: (text: string) => string;
  readonly #emit: (event: RunEvent) => void;

  /** `redact` removes the secrets that were typed for the run. */
  constructor(redact: (text: string) => string, emit: (event: RunEvent) => void) {
    this.#redact = redact;
    this.#emit = emit;
  }

  add(level: LogLine['level'], text: string): void {
    const message = this.#redact(text);
    this.lines.push({ level, message });
    this.#emit({ type: 'log', level, message });
  }
}
