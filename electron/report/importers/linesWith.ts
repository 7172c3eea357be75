import type { ImportFile } from './importFile';
import { readBlocks } from './readBlocks';

const lineFeed = 0x0a;

/**
 * Calls `use` with each line of a file that contains `text`, which must be ASCII. Other lines are not decoded. Resolves
 * with false when the file is not UTF-8 or has a line of more than a mebibyte; `use` may have been called before.
 * Rejects with errors that `use` throws, `import-failed` or `interrupted`.
 */
export function readLinesWith(file: ImportFile, text: string, use: (line: string) => void): Promise<boolean> {
  const wanted = Buffer.from(text, 'latin1');
  return readBlocks(file, (block, isLast) => {
    const end = isLast ? block.length : block.lastIndexOf(lineFeed) + 1;
    const lines = block.subarray(0, end);
    let found = lines.indexOf(wanted);
    while (found >= 0) {
      const begin = lines.lastIndexOf(lineFeed, found) + 1;
      const next = lines.indexOf(lineFeed, found);
      const until = next < 0 ? end : next;
      use(lines.toString('utf8', begin, until));
      found = lines.indexOf(wanted, until);
    }
    return end;
  });
}
