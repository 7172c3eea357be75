/*
 * Streams of Go's encoding/gob (pkg.go.dev/encoding/gob), as far as structs of plain fields need it. A message follows
 * its length, and defines a type or holds a value of a defined type. There is no maintained JavaScript library.
 */

import { GobReader } from './gobReader';

/** A value of a stream: a struct by the names of its non-zero fields, a list, bytes, or a plain value. */
export type GobValue = bigint | number | string | boolean | Uint8Array | readonly GobValue[] | GobStruct;
export interface GobStruct {
  readonly fields: ReadonlyMap<string, GobValue>;
}

/** The maximum length of a message, in bytes. A result contains the body of a response. */
const maxMessageBytes = 16 * 2 ** 20;
const maxTypes = 1_000;
const maxDepth = 20;

type GobType =
  | { kind: 'struct'; fields: readonly { name: string; id: number }[] }
  | { kind: 'list'; element: number }
  | { kind: 'map'; key: number; element: number }
  | { kind: 'opaque' };

const builtIn = { boolean: 1, int: 2, uint: 3, float: 4, bytes: 5, string: 6 } as const;

/** Decodes the types and values of one stream. */
class GobDecoder {
  readonly #types = new Map<number, GobType>();

  /** Returns the value in a message; undefined when it defines a type. */
  decode(message: Uint8Array): GobValue | undefined {
    const reader = new GobReader(message);
    const id = Number(reader.int());
    if (id < 0) {
      if (this.#types.size >= maxTypes) throw new TypeError('more types than Proofload reads');
      this.#types.set(-id, typeOf(reader));
      return undefined;
    }
    // A value that is not a struct follows a zero byte.
    if (this.#types.get(id)?.kind !== 'struct') reader.byte();
    return this.#value(reader, id, 0);
  }

  #value(reader: GobReader, id: number, depth: number): GobValue {
    if (depth > maxDepth) throw new TypeError('values nested too deeply');
    switch (id) {
      case builtIn.boolean:
        return reader.uint() !== 0n;
      case builtIn.int:
        return reader.int();
      case builtIn.uint:
        return reader.uint();
      case builtIn.float:
        return reader.float();
      case builtIn.bytes:
        return reader.bytes();
      case builtIn.string:
        return reader.text();
    }
    const type = this.#types.get(id);
    if (!type) throw new TypeError(`a value of type ${id}, which is not defined`);
    if (type.kind === 'opaque') return reader.bytes();
    if (type.kind === 'struct') {
      const fields = new Map<string, GobValue>();
      reader.fields((number) => {
        const field = type.fields[number];
        if (!field) throw new TypeError(`field ${number}, which is not defined`);
        fields.set(field.name, this.#value(reader, field.id, depth + 1));
      });
      return { fields };
    }
    const parts = type.kind === 'map' ? [type.key, type.element] : [type.element];
    const values: GobValue[] = [];
    for (let left = reader.count(); left > 0; left -= 1)
      for (const part of parts) values.push(this.#value(reader, part, depth + 1));
    return values;
  }
}

/** Reads a type definition (`wireType` of encoding/gob/type.go). */
function typeOf(reader: GobReader): GobType {
  let type: GobType = { kind: 'opaque' };
  reader.fields((kind) => {
    const ids: number[] = [];
    const named: { name: string; id: number }[] = [];
    reader.fields((part) => {
      if (part === 0) readCommon(reader);
      else if (kind === 2) {
        for (let left = reader.count(); left > 0; left -= 1) named.push(readField(reader));
      } else ids.push(Number(reader.int()));
    });
    const [first = 0, second = 0] = ids;
    if (kind === 0 || kind === 1) type = { kind: 'list', element: first };
    else if (kind === 2) type = { kind: 'struct', fields: named };
    else if (kind === 3) type = { kind: 'map', key: first, element: second };
  });
  return type;
}

function readCommon(reader: GobReader): void {
  reader.fields((part) => void (part === 0 ? reader.text() : reader.int()));
}

function readField(reader: GobReader): { name: string; id: number } {
  const field = { name: '', id: 0 };
  reader.fields((part) => {
    if (part === 0) field.name = reader.text();
    else field.id = Number(reader.int());
  });
  return field;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Returns the bounds of the first message in `bytes`; undefined when it is incomplete. */
function messageIn(bytes: Uint8Array): { from: number; to: number } | undefined {
  const [first] = bytes;
  const lengthBytes = first === undefined || first < 0x80 ? 0 : 0x100 - first;
  if (first === undefined || bytes.length <= lengthBytes) return undefined;
  const reader = new GobReader(bytes.subarray(0, lengthBytes + 1));
  const length = reader.uint();
  if (length > BigInt(maxMessageBytes)) throw new TypeError('a message that is too long');
  const from = reader.position;
  const to = from + Number(length);
  return to <= bytes.length ? { from, to } : undefined;
}

/** Yields the values of a stream. Throws a TypeError on malformed input and on a stream that ends within a message. */
export async function* readGob(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<GobValue> {
  const decoder = new GobDecoder();
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    rest = joined(rest, chunk);
    for (let found = messageIn(rest); found; found = messageIn(rest)) {
      const value = decoder.decode(rest.subarray(found.from, found.to));
      rest = rest.subarray(found.to);
      if (value !== undefined) yield value;
    }
  }
  if (rest.length > 0) throw new TypeError('the file ends in the middle of a message');
}
