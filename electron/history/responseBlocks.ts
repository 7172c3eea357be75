import { type SparseHistogram, sparseOfBuckets } from '../../shared/statistics/latencyHistogram';
import { pack, unpack } from './packing';
import { exactCount, fromSteps, stepsOf, toSteps } from './roundedResponses';

/** The response times of one operation in one second. */
export interface SecondOfOperation {
  /** The end of the second, from 1. */
  t: number;
  operation: string;
  histogram: SparseHistogram;
  /** How wide the steps of its values are, as a share of the value; undefined where all buckets were kept. */
  stepShare?: number;
}

/** A block of stored response times. */
export interface ResponseBlock {
  /** The first second that the block can hold. */
  fromT: number;
  packed: Buffer;
  /** How wide the steps of its values are, as a share of the value; 0 where all buckets were kept. */
  stepShare: number;
}

/** Seconds in one block. Longer blocks would save nothing, and damage costs a whole block. */
export const blockSeconds = 600;

/*
 * A block is a sequence of unsigned LEB128 numbers. It starts with the number of operations. For each operation follow
 * the length of its name in UTF-8, the name, the number of its seconds, the differences between these, the number of
 * buckets of each, the differences between bucket indexes (LatencyHistogram) within a second, and the counts less one.
 * Similar values stand together, so that they compress well.
 *
 * A block in steps (roundedResponses.ts) starts with 0, which is not a valid number of operations, then the number of
 * steps and the differences between their first buckets. The operations follow as above, with steps instead of buckets.
 * After the counts come the offsets of the exact values: first the least of every second, then the P50 of every second,
 * and so on.
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

/** The numbers of a second: bucket indexes, or steps and offsets. All but the offsets are ascending. */
interface WrittenSecond {
  t: number;
  indexes: Iterable<number>;
  size: number;
  counts: Iterable<number>;
  offsets: readonly number[];
}

function writeOperations(
  writer: NumberWriter,
  seconds: readonly SecondOfOperation[],
  written: (second: SecondOfOperation) => WrittenSecond,
): void {
  const byOperation = Map.groupBy(seconds, ({ operation }) => operation);
  writer.add(byOperation.size);
  for (const [operation, ofSeconds] of byOperation) {
    const ofOperation = ofSeconds.map(written);
    writer.addText(operation);
    writer.add(ofOperation.length);
    writer.addAscending(
      ofOperation.map(({ t }) => t),
      0,
    );
    for (const { size } of ofOperation) writer.add(size);
    for (const { indexes } of ofOperation) writer.addAscending(indexes, 0);
    for (const { counts } of ofOperation) for (const count of counts) writer.add(count - 1);
    for (let place = 0; place < exactCount; place += 1)
      for (const { offsets } of ofOperation) if (place < offsets.length) writer.add(offsets[place] ?? 0);
  }
}

/** Writes a block with all buckets, or in steps. */
function writeBlock(seconds: readonly SecondOfOperation[], perDoubling: number | undefined): Uint8Array {
  const writer = new NumberWriter();
  if (perDoubling === undefined)
    writeOperations(writer, seconds, ({ t, histogram: { indexes, counts } }) => ({
      t,
      indexes,
      counts,
      size: indexes.length,
      offsets: [],
    }));
  else {
    const steps = stepsOf(perDoubling);
    writer.add(0);
    writer.add(steps.length);
    writer.addAscending(steps, 0);
    writeOperations(writer, seconds, ({ t, histogram }) => {
      const stepped = toSteps(histogram, steps);
      const { steps: indexes, counts, offsets } = stepped;
      return { t, indexes, counts, size: indexes.length, offsets };
    });
  }
  return writer.bytes;
}

function readBlock(bytes: Buffer): SecondOfOperation[] {
  const reader = new NumberReader(bytes);
  const first = reader.next();
  // An empty block ends here.
  const steps = first === 0 && !reader.isAtEnd ? reader.ascending(reader.next(), 0) : undefined;
  const operations = steps ? reader.next() : first;
  const seconds: SecondOfOperation[] = [];
  for (let place = 0; place < operations; place += 1) {
    const operation = reader.text();
    const count = reader.next();
    const times = reader.ascending(count, 0);
    const sizes = reader.numbers(count);
    const indexes = sizes.map((size) => reader.ascending(size, 0));
    const counts = sizes.map((size) => reader.numbers(size).map((times) => times + 1));
    const offsets = Array.from({ length: steps ? exactCount : 0 }, () => reader.numbers(count));
    for (const [second, t] of times.entries()) {
      const [ofIndexes = [], ofCounts = []] = [indexes[second], counts[second]];
      const histogram = steps
        ? fromSteps({ steps: ofIndexes, counts: ofCounts, offsets: offsets.map((each) => each[second] ?? 0) }, steps)
        : sparseOfBuckets(ofIndexes, ofCounts);
      seconds.push({ t, operation, histogram });
    }
  }
  if (!reader.isAtEnd) throw new TypeError('a block has more than it says');
  return seconds;
}

/** Sorts by second, then by the name of the operation. */
export function inOrder(seconds: SecondOfOperation[]): SecondOfOperation[] {
  return seconds.sort((a, b) => a.t - b.t || (a.operation < b.operation ? -1 : 1));
}

/**
 * Packs response times, with all their buckets or with `perDoubling` steps from a value to its double
 * (roundedResponses.ts). Ten minutes at 1,000 req/s take about a second.
 */
export function packResponses(seconds: readonly SecondOfOperation[], perDoubling?: number): ResponseBlock[] {
  const blocks = Map.groupBy(inOrder([...seconds]), ({ t }) => Math.floor((t - 1) / blockSeconds));
  return [...blocks].map(([place, ofBlock]) => ({
    fromT: place * blockSeconds + 1,
    packed: pack(writeBlock(ofBlock, perDoubling), 'small'),
    stepShare: perDoubling === undefined ? 0 : 1 / perDoubling,
  }));
}

/**
 * Returns the approximate number of bytes that {@link packResponses} needs for the seconds of one block, in a tenth of
 * the time.
 */
export function packedBytes(seconds: readonly SecondOfOperation[], perDoubling: number | undefined): number {
  return pack(writeBlock(seconds, perDoubling), 'quick').length;
}

/** Returns the values that {@link unpackResponses} reads from a block with such steps. */
export function inSteps(seconds: readonly SecondOfOperation[], perDoubling: number | undefined): SecondOfOperation[] {
  if (perDoubling === undefined) return [...seconds];
  const steps = stepsOf(perDoubling);
  return seconds.map((second) => ({ ...second, histogram: fromSteps(toSteps(second.histogram, steps), steps) }));
}

/** Reads a block that {@link packResponses} wrote, in order of seconds. Throws on anything else. */
export function unpackResponses(packed: Uint8Array): SecondOfOperation[] {
  return inOrder(readBlock(unpack(packed)));
}
