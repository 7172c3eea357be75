import { type SparseHistogram, sparseOfBuckets } from '../../shared/statistics/latencyHistogram';
import { pack, unpack } from './packing';

/** The response times of one operation in one second. */
export interface SecondOfOperation {
  /** The end of the second, from 1. */
  t: number;
  operation: string;
  histogram: SparseHistogram;
}

/** A block of stored response times. */
export interface ResponseBlock {
  /** The first second that the block can hold. */
  fromT: number;
  packed: Buffer;
}

/** Seconds in one block. More would save nothing, and damage costs a whole block. */
export const blockSeconds = 600;

/*
 * A block is a sequence of unsigned LEB128 numbers. It starts with the number of operations; for each follow the length
 * of its name in UTF-8 and the name, the number of its seconds, the differences between these, the number of buckets of
 * each, the differences between bucket indexes (LatencyHistogram) within a second, and the counts less one. Similar
 * values stand together, so that they compress well.
 */
class NumberWriter {
  readonly #bytes: number[] = [];

  add(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes.push((rest % 0x80) | 0x80);
    this.#bytes.push(rest);
  }

  /** Adds ascending numbers as differences; the first is relative to `before`. */
  addAscending(values: Iterable<number>, before: number): void {
    let last = before;
    for (const value of values) {
      this.add(value - last);
      last = value;
    }
  }

  addText(text: string): void {
    const bytes = Buffer.from(text);
    this.add(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
  }

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

class NumberReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  next(): number {
    let value = 0;
    for (let unit = 1; unit < Number.MAX_SAFE_INTEGER; unit *= 0x80) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) break;
      this.#at += 1;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
    throw new TypeError('a block is cut short');
  }

  /** Reads this many numbers; each takes at least one byte. */
  numbers(count: number): number[] {
    this.#requireBytes(count);
    return Array.from({ length: count }, () => this.next());
  }

  /** Reads what {@link NumberWriter.addAscending} wrote. */
  ascending(count: number, before: number): number[] {
    let last = before;
    return this.numbers(count).map((distance) => {
      last += distance;
      return last;
    });
  }

  text(): string {
    const length = this.next();
    this.#requireBytes(length);
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }

  #requireBytes(count: number): void {
    if (count > this.#bytes.length - this.#at) throw new TypeError('a block is cut short');
  }
}

function writeBlock(seconds: readonly SecondOfOperation[]): Uint8Array {
  const writer = new NumberWriter();
  const byOperation = Map.groupBy(seconds, ({ operation }) => operation);
  writer.add(byOperation.size);
  for (const [operation, ofOperation] of byOperation) {
    writer.addText(operation);
    writer.add(ofOperation.length);
    writer.addAscending(
      ofOperation.map(({ t }) => t),
      0,
    );
    for (const { histogram } of ofOperation) writer.add(histogram.indexes.length);
    for (const { histogram } of ofOperation) writer.addAscending(histogram.indexes, 0);
    for (const { histogram } of ofOperation) for (const count of histogram.counts) writer.add(count - 1);
  }
  return writer.bytes;
}

function readBlock(bytes: Buffer): SecondOfOperation[] {
  const reader = new NumberReader(bytes);
  const seconds: SecondOfOperation[] = [];
  const operations = reader.next();
  for (let place = 0; place < operations; place += 1) {
    const operation = reader.text();
    const count = reader.next();
    const times = reader.ascending(count, 0);
    const sizes = reader.numbers(count);
    const indexes = sizes.map((size) => reader.ascending(size, 0));
    const counts = sizes.map((size) => reader.numbers(size).map((times) => times + 1));
    for (const [second, t] of times.entries())
      seconds.push({ t, operation, histogram: sparseOfBuckets(indexes[second] ?? [], counts[second] ?? []) });
  }
  if (!reader.isAtEnd) throw new TypeError('a block has more than it says');
  return seconds;
}

/** Sorts by second, then by the name of the operation. */
export function inOrder(seconds: SecondOfOperation[]): SecondOfOperation[] {
  return seconds.sort((a, b) => a.t - b.t || (a.operation < b.operation ? -1 : 1));
}

/** Packs response times with all their buckets. Ten minutes at 1,000 req/s take about a second. */
export function packResponses(seconds: readonly SecondOfOperation[]): ResponseBlock[] {
  const blocks = Map.groupBy(inOrder([...seconds]), ({ t }) => Math.floor((t - 1) / blockSeconds));
  return [...blocks].map(([place, ofBlock]) => ({
    fromT: place * blockSeconds + 1,
    packed: pack(writeBlock(ofBlock), 'small'),
  }));
}

/** Reads a block of {@link packResponses}, in order of seconds. Throws on anything else. */
export function unpackResponses(packed: Uint8Array): SecondOfOperation[] {
  return inOrder(readBlock(unpack(packed)));
}
