import { brotliCompressSync, brotliDecompressSync, constants, crc32, inflateSync } from 'node:zlib';

/** No document is larger; Proofload has not written anything that is. */
const maxBytes = 256 * 2 ** 20;

/*
 * Packed content is one byte for the format, the CRC-32 of the content (big-endian), and the content as a Brotli stream
 * (RFC 7932), which has no checksum of its own. Up to version 5 of the history it was a zlib stream (RFC 1950) without
 * a header; its first byte is 0x78. Why Brotli: docs/adr/029-packed-history.md.
 */
const brotliFormat = 1;
const zlibFirstByte = 0x78;
const headBytes = 5;

/** `quick` is for a process that measures; `small` takes about twenty times as long and saves an eighth more. */
export type Effort = 'quick' | 'small';
const qualities: Record<Effort, number> = { quick: 5, small: 11 };

/** Packs bytes for the store. */
export function pack(content: Uint8Array | string, effort: Effort): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(brotliFormat, 0);
  head.writeUInt32BE(crc32(bytes), 1);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: qualities[effort],
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return Buffer.concat([head, brotliCompressSync(bytes, { params })]);
}

/**
 * Returns the content that {@link pack} of this or an earlier version packed. Throws on anything else and on damaged
 * content.
 */
export function unpack(packed: Uint8Array): Buffer {
  if (packed[0] === zlibFirstByte) return inflateSync(packed, { maxOutputLength: maxBytes });
  if (packed[0] !== brotliFormat || packed.length < headBytes)
    throw new TypeError('it was not packed by a version of Proofload that this one knows');
  const bytes = brotliDecompressSync(packed.subarray(headBytes), { maxOutputLength: maxBytes });
  if (crc32(bytes) !== Buffer.from(packed).readUInt32BE(1)) throw new TypeError('its checksum is wrong');
  return bytes;
}

/** Whether {@link unpack} may accept a value: it starts like packed content. */
export function isPacked(value: unknown): boolean {
  try {
    return value instanceof Uint8Array && unpack(value).length > 0;
  } catch {
    return false;
  }
}
