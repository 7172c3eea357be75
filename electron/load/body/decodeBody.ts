import zlib, { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { errorMessage, systemErrorCode } from '../../../shared/errors/appError';

const mebibyte = 1024 * 1024;
/** What a decoded body may have at most: as much as one that comes without an encoding. */
const maxDecodedBytes = 64 * mebibyte;
/** Nobody encodes a body more often, but for making others decode it. */
const maxLayers = 4;

/** Why a body can't be decoded. */
export type DecodingFault = 'encoding-unsupported' | 'body-malformed' | 'body-too-large';

/** A body whose content encodings can't be taken off. */
export class UndecodableBody extends Error {
  readonly fault: DecodingFault;

  constructor(fault: DecodingFault, message: string) {
    super(message);
    this.name = 'UndecodableBody';
    this.fault = fault;
  }
}

type Decode = (bytes: Buffer, limit: { maxOutputLength: number }) => Buffer;

/** RFC 9110, 8.4.1: `deflate` is zlib's format; some servers send the bare stream instead. */
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
// Node has it since 22.15: an import by name would keep an older one, as in Electron 33, from loading this file.
if ('zstdDecompressSync' in zlib) decoders.set('zstd', (bytes, limit) => zlib.zstdDecompressSync(bytes, limit));

/** Whether a content encoding can be taken off by the Node that this runs in. */
export function canDecode(encoding: string): boolean {
  return decoders.has(encoding);
}

/** Why an encoding can't be taken off here. */
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
 * Takes the content encodings off a body in the opposite order in which they were put on (RFC 9110, 8.4). Throws
 * UndecodableBody; a body that would be larger than `limitBytes` is not decoded to its end.
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
