import type { ForeignRun, ForeignSample } from './foreignRun';

/* What `vegeta attack` writes: encoding/gob of Go, as far as its struct Result needs it. */

function uint(value: bigint): number[] {
  if (value < 0x80n) return [Number(value)];
  const bytes: number[] = [];
  for (let left = value; left > 0n; left >>= 8n) bytes.unshift(Number(left & 0xffn));
  return [0x100 - bytes.length, ...bytes];
}

function int(value: bigint): number[] {
  return uint(value < 0n ? (~value << 1n) | 1n : value << 1n);
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...uint(BigInt(bytes.length)), ...bytes];
}

/** Fields by their numbers from 0, each with its step from the one before, and a zero at the end. */
function struct(fields: readonly (readonly [field: number, bytes: readonly number[]])[]): number[] {
  let before = -1;
  const bytes = fields.flatMap(([field, value]) => {
    const step = field - before;
    before = field;
    return [...uint(BigInt(step)), ...value];
  });
  return [...bytes, 0];
}

function message(bytes: readonly number[]): number[] {
  return [...uint(BigInt(bytes.length)), ...bytes];
}

const ids = { int: 2n, uint: 3n, bytes: 5n, text: 6n, result: 65n, time: 66n } as const;
const fields = [
  ['Attack', ids.text],
  ['Seq', ids.uint],
  ['Code', ids.uint],
  ['Timestamp', ids.time],
  ['Latency', ids.int],
  ['BytesOut', ids.uint],
  ['BytesIn', ids.uint],
  ['Error', ids.text],
  ['Body', ids.bytes],
  ['Method', ids.text],
] as const;

/** The definitions of the struct Result and of time.Time, which encodes itself. */
const definitions = [
  ...message([
    ...int(-ids.result),
    ...struct([
      [
        2,
        struct([
          [
            0,
            struct([
              [0, text('Result')],
              [1, int(ids.result)],
            ]),
          ],
          [
            1,
            [
              ...uint(BigInt(fields.length)),
              ...fields.flatMap(([name, id]) =>
                struct([
                  [0, text(name)],
                  [1, int(id)],
                ]),
              ),
            ],
          ],
        ]),
      ],
    ]),
  ]),
  ...message([
    ...int(-ids.time),
    ...struct([
      [
        4,
        struct([
          [
            0,
            struct([
              [0, text('Time')],
              [1, int(ids.time)],
            ]),
          ],
        ]),
      ],
    ]),
  ]),
];

/** time.Time.MarshalBinary: a version, seconds since the year 1, nanoseconds, and the zone, -1 for UTC. */
function time(ms: number): number[] {
  const bytes = new DataView(new ArrayBuffer(15));
  bytes.setUint8(0, 1);
  bytes.setBigInt64(1, BigInt(Math.floor(ms / 1_000)) + 62_135_596_800n);
  bytes.setInt32(9, (ms % 1_000) * 1e6);
  bytes.setInt16(13, -1);
  return [...uint(15n), ...new Uint8Array(bytes.buffer)];
}

function hit({ startMs, latencyMs, ok }: ForeignSample): number[] {
  const values = [
    [0, text('shop')],
    [1, uint(1n)],
    [2, uint(ok ? 200n : 500n)],
    [3, time(startMs)],
    [4, int(BigInt(Math.round(latencyMs * 1e6)))],
    [6, uint(2n)],
    ...(ok ? [] : [[7, text('500 Internal Server Error')] as const]),
    [8, text('ok')],
    [9, text('GET')],
  ] as const;
  return message([...int(ids.result), ...struct(values)]);
}

export function vegetaGob({ samples }: ForeignRun): Uint8Array {
  return Uint8Array.from([...definitions, ...samples.flatMap(hit)]);
}
