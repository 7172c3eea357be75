import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JsonItems } from './jsonItems';
import type { RowFile } from './rowFile';
import { readRows } from './rows';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-rows-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function read(text: string | Uint8Array, options: Partial<RowFile> = {}): Promise<unknown[]> {
  const file = { path: join(folder, 'data'), file: 'users.csv', format: 'csv', columns: ['name', 'mail'], ...options };
  writeFileSync(file.path, text);
  const rows: unknown[] = [];
  for await (const row of readRows({ ...file, format: options.format ?? 'csv' })) rows.push(row);
  return rows;
}

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'data-invalid', message: expect.stringMatching(message) });

describe('rows of CSV', () => {
  it('are read with a mark of the byte order, with the line ends of Windows, and with quoted line ends and quotes', async () => {
    const text = '\u{FEFF}mail,id,name\r\na@x.test,1,"Ann\r\nB ""C"""\r\n\r\nb@x.test,2,Bob';
    expect(await read(text)).toEqual([
      ['Ann\r\nB "C"', 'a@x.test'],
      ['Bob', 'b@x.test'],
    ]);
  });

  it('are read in UTF-16 and with the delimiter that the first line or the scenario has', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name;mail\nZoë;z@x.test\n', 'utf16le')]);
    expect(await read(utf16)).toEqual([['Zoë', 'z@x.test']]);
    expect(await read('name\tmail\na,b\tc')).toEqual([['a,b', 'c']]);
    expect(await read('"na,me";mail\n1;2', { columns: ['na_me'] })).toEqual([['1']]);
    expect(await read('name|mail;x\n1|2;3', { delimiter: '|', columns: ['name'] })).toEqual([['1']]);
  });

  it('name a column with spaces as placeholders can', async () => {
    expect(await read('First Name,mail\nAnn,a', { columns: ['First_Name'] })).toEqual([['Ann']]);
  });

  it('that are broken are refused by their line, without a cell', async () => {
    const cases: [string, RegExp][] = [
      ['name,mail\na,b\nhunter2,b,c\n', /line 3.*another number of cells/],
      ['name,mail\n"a\nb",c\nhunter2\n', /line 4.*another number of cells/],
      ['name,mail\r\n\r\n"a\r\nb",c\r\nhunter2\r\n', /line 5.*another number of cells/],
      ['name,mail\n"hunter2"x,b\n', /line 2.*closing quote/],
      ['name,mail\nhunter"2,b\n', /line 2.*quote stands in the middle/],
      ['name,mail\n"hunter2,b\n', /quote/],
    ];
    for (const [text, message] of cases) {
      await expect(read(text)).rejects.toEqual(refused(message));
      await expect(read(text)).rejects.not.toThrow(/hunter2/);
    }
  });

  it('without a column, or with two of the same name, are refused', async () => {
    await expect(read('name,id\na,1\n')).rejects.toEqual(refused(/no column mail; the first line has name, id/));
    await expect(read('name,mail,mail\na,1,2\n')).rejects.toEqual(refused(/two columns mail/));
  });

  it('are none in an empty file, and are refused where the file is no text or not there', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('name,mail\n')).toEqual([]);
    await expect(read(Buffer.from([0x6e, 0xe4, 0x0a]))).rejects.toEqual(refused(/not text in UTF-8/));
    const gone = readRows({ path: join(folder, 'none'), file: 'none.csv', format: 'csv', columns: ['a'] });
    await expect(gone.next()).rejects.toEqual(refused(/none\.csv is not there/));
  });
});

describe('rows of JSON', () => {
  const json = { format: 'json', file: 'users.json' } as const;
  const ndjson = { format: 'ndjson', file: 'users.ndjson' } as const;

  it('are objects of an array or one a line, with members inside of others', async () => {
    const columns = ['name', 'address.city', 'tags', 'age'];
    const row = { name: 'A "]}, B', address: { city: 'Bern' }, tags: [1], age: null };
    const expected = [['A "]}, B', 'Bern', '[1]', '']];
    expect(await read(`\u{FEFF} [${JSON.stringify(row, null, 2)}]\n`, { ...json, columns })).toEqual(expected);
    expect(await read(`\u{FEFF}${JSON.stringify(row)}\r\n\n`, { ...ndjson, columns })).toEqual(expected);
    expect(await read('[]', json)).toEqual([]);
  });

  it('that are broken are refused by their line, without a cell', async () => {
    const row = '{ "name": "a", "mail": "b" }';
    const cases: [Partial<RowFile>, string, RegExp][] = [
      [ndjson, `${row}\n\n{ "name": hunter2 }\n`, /line 3.*not JSON/],
      [ndjson, `${row}\n["hunter2"]\n`, /line 2.*not an object/],
      [ndjson, `${row}\n{ "name": "hunter2" }\n`, /line 2.*no mail/],
      [json, `[\n${row},\n{ "name": hunter2 }\n]`, /line 3.*not JSON/],
      [json, `[\n${row},\n]`, /line 3.*not JSON/],
      [json, `[\n${row}\n`, /line 3.*ends in the middle/],
      [json, row, /line 1.*not a JSON array/],
      [json, `[${row}]\n[]`, /line 2.*goes on after/],
    ];
    for (const [options, text, message] of cases) {
      await expect(read(text, options), text).rejects.toEqual(refused(message));
      await expect(read(text, options), text).rejects.not.toThrow(/hunter2/);
    }
  });

  it('are the same however the text is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.object({ maxDepth: 2 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (rows, size) => {
          const text = JSON.stringify(rows, null, 1);
          const items = new JsonItems('x.json');
          const found: unknown[] = [];
          for (let at = 0; at < text.length; at += size)
            for (const item of items.add(text.slice(at, at + size))) found.push(JSON.parse(item.text));
          items.finish();
          expect(found).toEqual(JSON.parse(text));
        },
      ),
    );
  });
});
