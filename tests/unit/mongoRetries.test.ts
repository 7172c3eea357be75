import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary, type Document, Long } from 'bson';
import { afterAll, describe, expect, it } from 'vitest';
import { Commands } from '../support/mongoDouble/commands';
import { Store } from '../support/mongoDouble/store';

const folder = mkdtempSync(join(tmpdir(), 'proofload-retries-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lsid = { id: new Binary(Buffer.alloc(16, 1), 4) };

function write(number: number, command: Document): Document {
  return { ...command, $db: 'd', lsid, txnNumber: Long.fromNumber(number), writeConcern: { j: true } };
}

const inserted = { insert: 'c', documents: [{ _id: 'a', version: 1 }] };
const modified = { findAndModify: 'c', query: { _id: 'a' }, update: { $set: { version: 2 } }, new: true };
const deleted = { delete: 'c', deletes: [{ q: { _id: 'a' }, limit: 1 }] };

/** The test double after a kill and a start on its journal. */
function restarted(name: string): Commands {
  return new Commands(new Store(join(folder, name)), '127.0.0.1:1');
}

describe('a write that is sent again after the server was killed', () => {
  it.each([
    ['insert', [inserted]],
    ['findAndModify', [inserted, modified]],
    ['delete', [inserted, modified, deleted]],
  ])('%s is answered as it was, and not done twice', async (name, commands) => {
    const before = restarted(name);
    let answer: Document = {};
    for (const [number, command] of commands.entries()) answer = await before.answer(write(number, command));
    const last = write(commands.length - 1, commands.at(-1) ?? {});
    expect(await restarted(name).answer(last)).toEqual(answer);
    // Under a number of its own it is another write.
    const again = await restarted(name).answer(write(commands.length, commands.at(-1) ?? {}));
    if (name === 'insert') expect(again.writeErrors[0].code).toBe(11_000);
    if (name === 'delete') expect(again.n).toBe(0);
  });

  it('a commit of a transaction is answered, and a transaction that was not committed is gone', async () => {
    const inTransaction = { autocommit: false };
    const before = restarted('commit');
    await before.answer({ ...write(1, inserted), ...inTransaction, startTransaction: true });
    const commit = { ...write(1, { commitTransaction: 1 }), $db: 'admin', ...inTransaction };
    expect(await before.answer(commit)).toEqual({ ok: 1 });
    expect(await restarted('commit').answer(commit)).toEqual({ ok: 1 });
    const other = { ...commit, txnNumber: Long.fromNumber(2) };
    expect(await restarted('commit').answer(other)).toMatchObject({ codeName: 'NoSuchTransaction' });
  });
});
