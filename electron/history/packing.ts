import { deflateSync, inflateSync } from 'node:zlib';

/** No document is larger; what is, was not written by Proofload. */
const maxBytes = 256 * 2 ** 20;

/** Text as it is kept: a run document shrinks to about a third (ten seconds: 34 KB to 12 KB). */
export function pack(text: string): Buffer {
  return deflateSync(text);
}

/** Reads what {@link pack} has written. Throws on anything else. */
export function unpack(bytes: Buffer): string {
  return inflateSync(bytes, { maxOutputLength: maxBytes }).toString('utf8');
}
