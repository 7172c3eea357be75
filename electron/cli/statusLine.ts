import { printable } from '../../shared/text/printable';

/** A line at the bottom of a terminal that is rewritten. It writes nothing when the stream is not a terminal. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows a text, cut to the width of the terminal. */
  show(text: string): void {
    if (!this.#stream.isTTY) return;
    this.#stream.write(`\r\u001b[2K${printable(text).slice(0, (this.#stream.columns ?? 80) - 1)}`);
    this.#isShown = true;
  }

  /** Removes the line. */
  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[2K');
    this.#isShown = false;
  }
}
