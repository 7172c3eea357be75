import type { ChildProcess } from 'node:child_process';

/** How a process ended. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Resolves when a process has ended. Rejects when it could not be started. */
export function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done({ code, signal }));
  });
}

/** The end of a text to which lines are added. */
export class OutputTail {
  readonly #maxLength: number;
  #text = '';

  /** `maxLength`: how many characters are kept, the last ones. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  get text(): string {
    return this.#text;
  }

  readonly add = (line: string): void => {
    this.#text = `${this.#text}${line}\n`.slice(-this.#maxLength);
  };
}

/** Passes lines on to a reader until it throws. */
export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #onFault: () => void;
  #fault: { error: unknown } | undefined;

  /** `onFault` is called once, when `onLine` throws. */
  constructor(onLine: (line: string) => void, onFault: () => void) {
    this.#onLine = onLine;
    this.#onFault = onFault;
  }

  /** What `onLine` has thrown. */
  get fault(): { error: unknown } | undefined {
    return this.#fault;
  }

  readonly read = (line: string): void => {
    if (this.#fault) return;
    try {
      this.#onLine(line);
    } catch (error) {
      this.#fault = { error };
      this.#onFault();
    }
  };
}

/** The number of lines of a complaint that a message quotes. They are its last ones, which state the reason. */
const quotedLines = 5;

/** How a process ended, as part of a sentence: `ended with code 1`. */
export function describeExit({ code, signal }: ProcessExit): string {
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
}

/** What a process complained about, as a sentence that follows another. Empty when it said nothing. */
export function quoteComplaint(complaint: string): string {
  return complaint === '' ? '' : ` It said: ${complaint.split('\n').slice(-quotedLines).join(' ')}`;
}
