import { MalformedResponse } from './malformedResponse';

type State = 'size' | 'extension' | 'size-feed' | 'data' | 'data-return' | 'data-feed' | 'trailer' | 'trailer-feed';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
/** The largest number of eight hexadecimal digits; leading zeros do not count. */
const maxSize = 0xffff_ffff;
const maxExtraBytes = 64 * 1024;

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/**
 * Decodes a chunked body (RFC 9112, 7.1), however its bytes are split into pieces. Skips chunk extensions and trailers,
 * and accepts lines that end with LF alone.
 */
export class ChunkedDecoder {
  #state: State = 'size';
  #size = 0;
  #hasDigits = false;
  #remaining = 0;
  #lineLength = 0;
  #extraBytes = 0;
  #complete = false;

  /** Whether the last chunk and the trailers have been read. */
  get complete(): boolean {
    return this.#complete;
  }

  reset(): void {
    this.#state = 'size';
    this.#size = 0;
    this.#hasDigits = false;
    this.#extraBytes = 0;
    this.#complete = false;
  }

  /**
   * Reads `bytes[from..to)` and passes the data to `take`. Returns where it stopped: at the end of the body or at `to`.
   * Throws MalformedResponse.
   */
  read(bytes: Buffer, from: number, to: number, take: (bytes: Buffer, from: number, to: number) => void): number {
    let position = from;
    while (position < to && !this.#complete) {
      if (this.#state === 'data') {
        const end = Math.min(to, position + this.#remaining);
        take(bytes, position, end);
        this.#remaining -= end - position;
        position = end;
        if (this.#remaining === 0) this.#state = 'data-return';
      } else {
        this.#step(bytes[position] ?? 0);
        position += 1;
      }
    }
    return position;
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'size':
        this.#readSize(byte);
        return;
      case 'extension':
        this.#countExtra();
        if (byte === carriageReturn) this.#state = 'size-feed';
        else if (byte === lineFeed) this.#beginData();
        return;
      case 'size-feed':
        this.#require(byte, lineFeed, 'a chunk size is not followed by a line end');
        this.#beginData();
        return;
      case 'data-return':
        if (byte === carriageReturn) {
          this.#state = 'data-feed';
          return;
        }
        this.#endData(byte);
        return;
      case 'data-feed':
        this.#endData(byte);
        return;
      case 'trailer':
        this.#countExtra();
        if (byte === carriageReturn) this.#state = 'trailer-feed';
        else if (byte === lineFeed) this.#endTrailerLine();
        else this.#lineLength += 1;
        return;
      case 'trailer-feed':
        this.#require(byte, lineFeed, 'a trailer line has no end');
        this.#endTrailerLine();
    }
  }

  #beginData(): void {
    this.#remaining = this.#size;
    this.#lineLength = 0;
    this.#state = this.#size === 0 ? 'trailer' : 'data';
  }

  #endData(byte: number): void {
    this.#require(byte, lineFeed, 'a chunk is longer than its size');
    this.#size = 0;
    this.#hasDigits = false;
    this.#state = 'size';
  }

  #endTrailerLine(): void {
    if (this.#lineLength === 0) this.#complete = true;
    this.#lineLength = 0;
    this.#state = 'trailer';
  }

  #readSize(byte: number): void {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      this.#hasDigits = true;
      this.#size = this.#size * 16 + digit;
      if (this.#size > maxSize) throw new MalformedResponse('a chunk size has too many digits');
      return;
    }
    if (!this.#hasDigits) throw new MalformedResponse('a chunk has no size');
    if (byte === carriageReturn) this.#state = 'size-feed';
    else if (byte === lineFeed) this.#beginData();
    else if (byte === 0x3b || byte === 0x20 || byte === 0x09) this.#state = 'extension';
    else throw new MalformedResponse('a chunk size is not a number');
  }

  #countExtra(): void {
    this.#extraBytes += 1;
    if (this.#extraBytes > maxExtraBytes)
      throw new MalformedResponse('chunk extensions and trailers are larger than 64 KiB', 'response-too-large');
  }

  #require(byte: number, expected: number, message: string): void {
    if (byte !== expected) throw new MalformedResponse(message);
  }
}
