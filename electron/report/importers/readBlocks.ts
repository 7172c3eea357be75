import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { ImportFile } from './importFile';

/** The maximum length of a row or line, in bytes. It limits what follows an unclosed quote. */
export const maxRowBytes = 2 ** 20;
const pieceBytes = 256 * 2 ** 10;

/**
 * Consumes bytes from the beginning of a block and returns their number. The rest comes again at the beginning of the
 * next block. The last block must be consumed completely.
 */
type UseBlock = (block: Buffer, isLast: boolean) => number;

/**
 * Reads a UTF-8 file in blocks, without its byte order mark. All blocks share one buffer, so `use` must copy what it
 * keeps. Resolves with false when the file is not UTF-8 or has a row of more than a mebibyte; `use` may have been
 * called before. Rejects with `import-failed` when the file cannot be read, `interrupted`, or errors that `use` throws.
 */
export async function readBlocks(file: ImportFile, use: UseBlock): Promise<boolean> {
  if (!file.isUtf8) return false;
  const handle = await open(file.path, 'r').catch((error: unknown) => {
    throw file.unreadable(error);
  });
  try {
    const buffer = Buffer.allocUnsafeSlow(maxRowBytes + pieceBytes);
    let filled = 0;
    let position = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, filled, pieceBytes, position).catch((error: unknown) => {
        throw file.unreadable(error);
      });
      const begin = position === 0 && hasMark(buffer, bytesRead) ? 3 : 0;
      position += bytesRead;
      filled += bytesRead;
      const isLast = bytesRead === 0;
      const block = buffer.subarray(begin, filled);
      const used = use(block, isLast);
      if (!isUtf8(block.subarray(0, used))) return false;
      if (isLast) return used === block.length;
      buffer.copyWithin(0, begin + used, filled);
      filled -= begin + used;
      if (filled > maxRowBytes) return false;
      file.noteBytes(position);
    }
  } finally {
    await handle.close();
  }
}

function hasMark(bytes: Buffer, length: number): boolean {
  return length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
