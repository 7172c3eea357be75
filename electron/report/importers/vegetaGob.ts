import { z } from 'zod';
import { type GobStruct, type GobValue, readGob } from './gob';
import type { FileImporter } from './importer';
import { Attacks } from './vegeta';

/* The output of `vegeta attack` itself (lib/results.go): a stream of encoding/gob with a struct `Result` per hit. */

const ascii = new TextDecoder('latin1');

/** Seconds from the year 1 to 1970; time.Time.MarshalBinary counts from there. */
const unixToInternalS = 62_135_596_800n;

/** Decodes what time.Time.MarshalBinary writes, in ms since 1970. Throws a TypeError on anything else. */
function momentMs(value: GobValue | undefined): number {
  if (!(value instanceof Uint8Array) || value.length < 15) throw new TypeError('a hit without a Timestamp');
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  if (view.getUint8(0) < 1 || view.getUint8(0) > 2) throw new TypeError('a Timestamp of an unknown version');
  return Number(view.getBigInt64(1) - unixToInternalS) * 1_000 + view.getInt32(9) / 1e6;
}

function isStruct(value: GobValue): value is GobStruct {
  return typeof value === 'object' && 'fields' in value;
}

/** A stream omits fields that are zero or empty. */
const hitSchema = z.object({
  Attack: z.string().default(''),
  Seq: z.bigint().default(0n).transform(Number),
  Code: z.bigint().default(0n).transform(Number),
  Latency: z.bigint().nonnegative().default(0n).transform(Number),
  Error: z.string().default(''),
  Method: z.string().default(''),
});

export const vegetaGob: FileImporter = {
  accepts: (_head, headBytes) => {
    const at = ascii.decode(headBytes.subarray(0, 64)).indexOf('Result');
    // The first message defines a struct: of kind 3, with a common part, whose first field is the six-letter name.
    return at > 0 && headBytes.subarray(at - 4, at).join() === '3,1,1,6';
  },
  read: async (file) => {
    const attacks = new Attacks();
    for await (const value of readGob(file.bytes())) {
      if (!isStruct(value)) throw new TypeError('a value that is not a hit');
      const hit = hitSchema.parse(Object.fromEntries(value.fields));
      attacks.add({
        attack: hit.Attack,
        seq: hit.Seq,
        code: hit.Code,
        startedMs: momentMs(value.fields.get('Timestamp')),
        latencyMs: hit.Latency / 1e6,
        error: hit.Error,
        method: hit.Method,
      });
    }
    return attacks.figures();
  },
};
