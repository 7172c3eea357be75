import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Change, Journal } from '../support/mongoDouble/journal';

function change(id: string): Change {
  return { namespace: 'n', id, document: { text: 'x'.repeat(50) } };
}

function append(path: string, ...ids: string[]): void {
  const journal = new Journal(path);
  for (const id of ids) journal.append({ changes: [change(id)] });
  journal.close();
}

function idsIn(path: string): string[] {
  return [...Journal.read(path)].flatMap(({ changes }) => changes.map(({ id }) => id));
}

it('the test double goes on after a record that a crash has cut off, wherever it was cut', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-journal-'));
  const path = join(folder, 'journal.bson');
  append(path, 'a');
  const whole = statSync(path).size;
  for (let cut = 1; cut < whole; cut += 1) {
    // The beginning of a record of 200 bytes, cut after `cut` of them.
    const torn = Buffer.alloc(cut, 7);
    if (cut >= 4) torn.writeInt32LE(200, 0);
    appendFileSync(path, torn);
    const before = idsIn(path);
    append(path, `after-${cut}`);
    expect(idsIn(path)).toEqual([...before, `after-${cut}`]);
  }
  rmSync(folder, { recursive: true });
});
