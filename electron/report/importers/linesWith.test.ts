import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImportFile } from './importFile';
import { readLinesWith } from './linesWith';

describe('the lines with a text', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-lines-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function open(content: string | Uint8Array): Promise<ImportFile> {
    const path = join(folder, 'lines');
    writeFileSync(path, content);
    return ImportFile.open(path);
  }

  /** Returns the lines; undefined when the file is left to the reader of all lines. */
  async function found(content: string | Uint8Array): Promise<string[] | undefined> {
    const lines: string[] = [];
    return (await readLinesWith(await open(content), 'key', (line) => lines.push(line))) ? lines : undefined;
  }

  async function expected(content: string): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of (await open(content)).lines()) if (line.includes('key')) lines.push(line);
    return lines;
  }

  it('are those among all lines that have it', async () => {
    const piece = fc.constantFrom('key', 'ke', 'y', '\n', '\n', 'ä', '{"key":1}', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const content = `${pieces.join('')}.`;
        expect(await found(content)).toEqual(await expected(content));
      }),
      { numRuns: 300 },
    );
  });

  it('are found across the pieces in which a file is read', async () => {
    const content = Array.from({ length: 9_000 }, (_, index) => `${'ä'.repeat(index % 120)} key ${index}`).join('\n');
    expect(await found(content)).toEqual(await expected(content));
  });

  it.each([
    ['a line of more than a mebibyte', `key\n${'x'.repeat(2 ** 21)}\nkey`],
    ['bytes that are no text', Buffer.concat([Buffer.from('key\n'), Buffer.from([0xff, 0x0a])])],
    ['UTF-16', Buffer.from('key\n', 'utf16le')],
  ])('are left to the reader of all lines where a file has %s', async (_what, content) => {
    expect(await found(content)).toBeUndefined();
  });
});
