import { MalformedResponse } from './malformedResponse';

const initialBytes = 4 * 1024;

/** Bytes that are collected from several reads. Grows by doubling and is reused, up to `maxBytes`. */
export class ByteStore {
  readonly #maxBytes: number;
  readonly #what: string;
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;

  /** `what` names the content in the error when there is too much of it. */
  constructor(maxBytes: number, what: string) {
    this.#maxBytes = maxBytes;
    this.#what = what;
  }

  /** Holds the bytes from 0 to {@link length}; what follows them is left over from before. */
  get buffer(): Buffer {
    return this.#buffer;
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Throws MalformedResponse when more than the bearable number of bytes comes together. */
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
