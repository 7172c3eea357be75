import { MalformedResponse } from './malformedResponse';

const initialBytes = 4 * 1024;

/** Collects bytes from several reads. The buffer doubles when it is full, up to `maxBytes`, and is reused. */
export class ByteStore {
  readonly #maxBytes: number;
  readonly #what: string;
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;

  /** `what` names the content in the error message when there is too much of it. */
  constructor(maxBytes: number, what: string) {
    this.#maxBytes = maxBytes;
    this.#what = what;
  }

  /** The collected bytes, from 0 to {@link length}. The bytes after them are left over from earlier use. */
  get buffer(): Buffer {
    return this.#buffer;
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Throws MalformedResponse when the total exceeds `maxBytes`. */
  append(bytes: Buffer, from: number, to: number): void {
    const needed = this.#length + (to - from);
    if (needed > this.#maxBytes)
      throw new MalformedResponse(`${this.#what} is larger than ${this.#maxBytes / 1024} KiB`, 'response-too-large');
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(initialBytes, needed, Math.min(2 * needed, this.#maxBytes)));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    bytes.copy(this.#buffer, this.#length, from, to);
    this.#length = needed;
  }
}
