/* The numbers, texts and structs in a message of Go's encoding/gob (pkg.go.dev/encoding/gob, "Encoding Details"). */

/** Reads the parts of one message. Throws a TypeError at an early end. */
export class GobReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The position of the next byte. */
  get position(): number {
    return this.#at;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new TypeError('a message ends early');
    this.#at += 1;
    return byte;
  }

  uint(): bigint {
    const first = this.byte();
    if (first < 0x80) return BigInt(first);
    const length = 0x100 - first;
    if (length > 8) throw new TypeError('a number of more than eight bytes');
    let value = 0n;
    for (let index = 0; index < length; index += 1) value = (value << 8n) | BigInt(this.byte());
    return value;
  }

  int(): bigint {
    const value = this.uint();
    return value & 1n ? ~(value >> 1n) : value >> 1n;
  }

  /** Reads a count of items in this message. */
  count(): number {
    const value = this.uint();
    if (value > BigInt(this.#bytes.length)) throw new TypeError('a message ends early');
    return Number(value);
  }

  bytes(): Uint8Array {
    const length = this.count();
    const from = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new TypeError('a message ends early');
    return this.#bytes.subarray(from, this.#at);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  /** Reads a float. Its bytes are reversed, so that round numbers are short. */
  float(): number {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, this.uint(), true);
    return view.getFloat64(0, false);
  }

  /** Calls `read` with the number, from 0, of each field that a struct contains. */
  fields(read: (field: number) => void): void {
    for (let field = -1; ; ) {
      const step = this.count();
      if (step === 0) return;
      field += step;
      read(field);
    }
  }
}
