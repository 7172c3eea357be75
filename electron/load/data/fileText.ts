import { createReadStream } from 'node:fs';
import { systemErrorCode } from '../../../shared/errors/appError';
import { dataError } from './dataError';

/** So much is read and taken apart at once: it takes well below a millisecond, and sends wait for it. */
const chunkBytes = 16 * 1024;

/** UTF-8, or UTF-16 where the file begins with the mark of it, as spreadsheets write it. The mark is no text. */
function decoderFor([first, second]: Uint8Array): InstanceType<typeof TextDecoder> {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8', { fatal: true });
}

/** The text of a data file, piece by piece. Rejects with `data-invalid`; `name` is what the file is called there. */
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
