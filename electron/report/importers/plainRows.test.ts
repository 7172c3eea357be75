import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImportFile } from './importFile';
import { readPlainRows } from './plainRows';
import { readRowsWithCare } from './readRows';
import type { Row, RowOptions, RowSink } from './rows';

/** Collects what a reader reports about a file. */
class Told implements RowSink {
  readonly rows: (Row | 'header')[] = [];

  row(row: Row): void {
    this.rows.push(row);
  }

  header(): void {
    this.rows.push('header');
  }
}

describe('rows that are read fast', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-rows-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function open(content: string | Uint8Array): Promise<ImportFile> {
    const path = join(folder, 'rows.csv');
    writeFileSync(path, content);
    return ImportFile.open(path);
  }

  /** Returns the rows; undefined when they are left to the careful reader. */
  async function fast(content: string | Uint8Array, options: RowOptions = {}): Promise<unknown> {
    const told = new Told();
    return (await readPlainRows(await open(content), options, told)) ? told.rows : undefined;
  }

  /** Returns the rows; undefined when they are refused. */
  async function careful(content: string | Uint8Array, options: RowOptions = {}): Promise<unknown> {
    const told = new Told();
    return readRowsWithCare(await open(content), options, told).then(
      () => told.rows,
      () => undefined,
    );
  }

  const delimiter = fc.constantFrom(',', ';', '\t', '|');
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r\r\n');
  const cell = fc.oneof(
    fc.constantFrom('', 'a', ' ', '0', '1700000000000', 'say "yes"', 'two\nlines', 'two\r\nlines', 'ä€😀', '""', ' x '),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  it('are those that the careful reader finds, whatever the cells hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 12 }),
        delimiter,
        lineEnd,
        fc.boolean(),
        fc.boolean(),
        async (table, between, end, endsWithLine, hasMark) => {
          const written = (text: string): string =>
            /["\r\n]/.test(text) || text.includes(between) ? `"${text.replaceAll('"', '""')}"` : text;
          const lines = [['a', 'b', ' c '], ...table].map((row) => row.map(written).join(between));
          const content = `${hasMark ? '\uFEFF' : ''}${lines.join(end)}${endsWithLine ? end : ''}`;
          const options = { delimiter: between };
          const found = await fast(content, options);
          expect(found).toBeDefined();
          expect(found).toEqual(await careful(content, options));
        },
      ),
      { numRuns: 120 },
    );
  });

  it('are those that the careful reader finds, or are left to it, however a file is broken', async () => {
    const piece = fc.constantFrom('a', 'b', ',', ',', '"', '""', '\n', '\n', '\r', '\r\n', ' ', 'ä', 'a,b\n', '0');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.boolean(), async (pieces, hasNames) => {
        const content = `${hasNames ? 'a,b\n' : ''}${pieces.join('')} `;
        const options = hasNames ? {} : { columns: ['a', 'b'] };
        const found = await fast(content, options);
        if (found !== undefined) expect(found).toEqual(await careful(content, options));
      }),
      { numRuns: 250 },
    );
  });

  it('are found across the pieces in which a file is read', async () => {
    const long = 'x'.repeat(999);
    const lines = Array.from({ length: 1_000 }, (_, index) => `${index},"${long}\n""${index}""",ä${index}`);
    const content = `a,b,c\n${lines.join('\r\n')}`;
    const found = await fast(content);
    expect(found).toHaveLength(1_000);
    expect(found).toEqual(await careful(content));
  });

  it('have only the columns that are wanted', async () => {
    expect(await fast('a,b,c\n1,2,3\n4\n', { wanted: ['a', 'c'] })).toEqual([{ a: '1', c: '3' }, { a: '4' }]);
  });

  it.each([
    ['a quote in the middle of a cell', 'a,b\n1,2"3\n'],
    ['something after a closing quote', 'a,b\n"1" ,2\n'],
    ['a quote without end', 'a,b\n1,"2\n'],
    ['line ends of old machines', 'a,b\r1,2\r'],
    ['two columns of one name', 'a,a\n1,2\n'],
    ['a row of more than a mebibyte', `a,b\n1,${'x'.repeat(2 ** 20)}\n`],
    ['a row of more than a mebibyte within quotes', `a,b\n1,"${'x\n'.repeat(2 ** 20)}"\n`],
    ['bytes that are no text', Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff]), Buffer.from('\n')])],
    ['UTF-16', Buffer.from('a,b\n1,2\n', 'utf16le')],
    ['a name that is no key', '__proto__,b\n1,2\n'],
  ])('are left to the careful reader where a file has %s', async (_what, content) => {
    expect(await fast(content)).toBeUndefined();
  });

  it.each(['=>', '€', '"'])('are left to the careful reader where cells are set apart by %s', async (between) => {
    expect(await fast(`a${between}b\n1${between}2\n`, { delimiter: between })).toBeUndefined();
  });
});
