import type { Readable } from 'node:stream';

/** The maximum length of a line. A longer line is not a sample. */
const maxLine = 1_000_000;

/** Splits a stream into lines, and resolves when it is closed. The last line may lack its line break. */
export function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  stream.setEncoding('utf8');
  let rest = '';
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length > maxLine) rest = '';
  });
  return new Promise((ended) => {
    stream.on('close', () => {
      if (rest !== '') onLine(rest);
      ended();
    });
  });
}
