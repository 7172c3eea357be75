import { createReadStream } from 'node:fs';
import { systemErrorCode } from '../../../shared/errors/appError';
import { dataError } from './dataError';

/** How much is read and parsed at once. This blocks sending for well below a millisecond. */
const chunkBytes = 16 * 1024;

/**
 * A decoder for UTF-8, or for UTF-16 when the file begins with its byte order mark, as spreadsheets write it. The mark
 * is not part of the text.
 */
function decoderFor([first, second]: Uint8Array): InstanceType<typeof TextDecoder> {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8', { fatal: true });
}

/** The text of a data file, in chunks. Rejects with `data-invalid`, whose message calls the file `name`. */
export async function* fileText(path: string, name: string): AsyncGenerator<string> {
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: chunkBytes });
  let decoder: ReturnType<typeof decoderFor> | undefined;
  try {
    for await (const bytes of chunks) {
      decoder ??= decoderFor(bytes);
      yield decoder.decode(bytes, { stream: true });
    }
    if (decoder) yield decoder.decode();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw dataError(name, 'is not text in UTF-8', 'save it as UTF-8');
    if (code === 'ENOENT') throw dataError(name, 'is not there', 'put it back, and run the scenario again');
    if (code === undefined || code === 'data-invalid') throw error;
    throw dataError(name, `cannot be read (${code})`, 'check its permissions');
  }
}
