import zlib, { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { errorMessage, systemErrorCode } from '../../../shared/errors/appError';

const mebibyte = 1024 * 1024;
/** The maximum size of a decoded body. It is the same as for a body without an encoding. */
const maxDecodedBytes = 64 * mebibyte;
/** The maximum number of encodings. Real servers use fewer; more of them are an attempt to exhaust the decoder. */
const maxLayers = 4;

/** Why a body can't be decoded. */
export type DecodingFault = 'encoding-unsupported' | 'body-malformed' | 'body-too-large';

/** The error for a body whose content encodings can't be removed. */
export class UndecodableBody extends Error {
  readonly fault: DecodingFault;

  constructor(fault: DecodingFault, message: string) {
    super(message);
    this.name = 'UndecodableBody';
    this.fault = fault;
  }
}

type Decode = (bytes: Buffer, limit: { maxOutputLength: number }) => Buffer;

/** RFC 9110, 8.4.1: `deflate` is the zlib format. Some servers send the bare deflate stream instead. */
const inflate: Decode = (bytes, limit) => {
  const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
  return isZlib ? inflateSync(bytes, limit) : inflateRawSync(bytes, limit);
};

const decoders = new Map<string, Decode>([
  ['gzip', (bytes, limit) => gunzipSync(bytes, limit)],
  ['x-gzip', (bytes, limit) => gunzipSync(bytes, limit)],
  ['deflate', inflate],
  ['br', (bytes, limit) => brotliDecompressSync(bytes, limit)],
  ['identity', (bytes) => bytes],
]);
// Node has zstd since 22.15. With an import by name, this file would not load in an older Node, such as that of
// Electron 33.
if ('zstdDecompressSync' in zlib) decoders.set('zstd', (bytes, limit) => zlib.zstdDecompressSync(bytes, limit));

/** Whether the current Node can decode a content encoding. */
export function canDecode(encoding: string): boolean {
  return decoders.has(encoding);
}

/** Why the current Node can't decode an encoding. */
export function describeUnsupported(encoding: string): string {
  return encoding === 'zstd'
    ? `zstd needs Node 22.15 or later, and this is ${process.versions.node}`
    : `the encoding ${encoding} is not known`;
}

function takeOff(bytes: Buffer, encoding: string, limitBytes: number): Buffer {
  const decoder = decoders.get(encoding);
  if (!decoder) throw new UndecodableBody('encoding-unsupported', describeUnsupported(encoding));
  try {
    return decoder(bytes, { maxOutputLength: limitBytes });
  } catch (error) {
    if (systemErrorCode(error) === 'ERR_BUFFER_TOO_LARGE')
      throw new UndecodableBody('body-too-large', `it has more than ${limitBytes / mebibyte} MiB without ${encoding}`);
    throw new UndecodableBody('body-malformed', `it is not ${encoding}: ${errorMessage(error)}`);
  }
}

/**
 * Removes the content encodings of a body, in the reverse of the order in which they were applied (RFC 9110, 8.4).
 * Throws UndecodableBody. Decoding stops when the body exceeds `limitBytes`.
 */
export function decodeBody(bytes: Buffer, encodings: string, limitBytes = maxDecodedBytes): Buffer {
  const names = encodings
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (names.length > maxLayers)
    throw new UndecodableBody('body-too-large', `it is encoded ${names.length} times, and ${maxLayers} are the limit`);
  return names.reduceRight((rest, name) => takeOff(rest, name, limitBytes), bytes);
}
