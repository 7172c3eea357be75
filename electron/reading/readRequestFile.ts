import { readFile, stat } from 'node:fs/promises';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import type { ImportedRequests } from '../../shared/scenario/importers/importedRequests';
import { everyRequest, type ImportFilter } from '../../shared/scenario/importers/importFilter';
import { readRequests } from '../../shared/scenario/importers/readRequests';

/** The maximum size of a file. Recording tools cut larger recordings. */
const maxBytes = 64 * 2 ** 20;

/** Decodes UTF-8, or UTF-16 if the file begins with its byte order mark, as shells of Windows write it. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8').decode(bytes);
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      throw new RangeError(`it has ${Math.round(size / 2 ** 20)} MB, more than the 64 MB that Proofload reads`);
    return decode(await readFile(path));
  } catch (error) {
    throw new ProofloadError('import-failed', `${path} cannot be read: ${errorMessage(error)}`, 'choose another file');
  }
}

/** The requests in a text, in any supported format. Throws `import-failed`. */
export function requestsOf(text: string, filter: ImportFilter = everyRequest): ImportedRequests {
  const read = readRequests(text, filter);
  if (!read.ok) throw ProofloadError.of(read.error);
  return read.value;
}

/** The requests in a file of up to 64 MB. Rejects with `import-failed`. */
export async function requestsOfFile(path: string, filter: ImportFilter = everyRequest): Promise<ImportedRequests> {
  return requestsOf(await readText(path), filter);
}
