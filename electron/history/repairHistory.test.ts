import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { description, histogramOfMs, runDocument } from '../../tests/support/factories';
import { openDatabase } from '../sqlite/openDatabase';
import { migrate } from './migrations';
import { openHistory, postponedRepair } from './openHistory';
import { describeRepair, type Repair } from './repairHistory';
import { isRepairRequested, requestRepair } from './storeFiles';
import { StoreLock } from './storeLock';

const runCount = 200;

function runId(index: number): string {
  return `20260101-000000-${String(index).padStart(6, '0')}`;
}

/** A closed history with runs, each with a document, a tag for every tenth, and a baseline. */
function fill(folder: string): void {
  const history = openHistory(folder);
  for (let index = 0; index < runCount; index += 1) {
    const id = runId(index);
    history.begin(description({ id }));
    history.finish(runDocument({ id, verdict: 'passed' }));
    if (index % 10 === 0) history.edits.tag([id], 'tenth', true);
  }
  history.edits.setBaseline(runId(0), true);
  history.compact();
  history.close();
}

/** Opens a history and tells what was repaired. */
function reopened(folder: string) {
  let repair: Repair | undefined;
  const history = openHistory(folder, (done) => {
    repair = done;
  });
  return { history, repair };
}

describe('a damaged history', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-repair-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (): string => join(folder, 'history.sqlite');

  function damage(from: number, to: number): Buffer {
    const bytes = readFileSync(file());
    bytes.fill(0xa5, Math.floor(from * bytes.length), Math.floor(to * bytes.length));
    writeFileSync(file(), bytes);
    return bytes;
  }

  it.each([true, false])(
    'whose repair was killed as it put the new one in its place is there at the next start (the old one gone: %s)',
    (isGone) => {
      fill(folder);
      copyFileSync(file(), join(folder, 'history-repaired.sqlite'));
      if (isGone) rmSync(file());
      else writeFileSync(file(), 'the old one, which is no database any more');
      writeFileSync(`${file()}-wal`, 'of the old one');
      const history = openHistory(folder, () => {});
      expect(history.list({ limit: 1_000 })).toHaveLength(runCount);
      history.close();
      const aside = readdirSync(folder).filter((name) => name.startsWith('history-damaged-'));
      expect(aside.some((name) => name.endsWith('-wal'))).toBe(true);
      expect(aside.some((name) => name.endsWith('.sqlite'))).toBe(!isGone);
      expect(existsSync(join(folder, 'history-repaired.sqlite'))).toBe(false);
    },
  );

  it('that is no database is set aside as it is, and a new one is begun', () => {
    writeFileSync(file(), 'this is not a database, but long enough to look like one of some kind');
    const { history, repair } = reopened(folder);
    expect(history.count({})).toBe(0);
    expect(repair).toMatchObject({ rescuedRuns: 0, lostRuns: 0 });
    expect(readFileSync(repair?.setAside ?? '', 'utf8')).toContain('this is not a database');
    expect(repair && describeRepair(repair)).toContain('0 runs were rescued');
    history.close();
  });

  it('whose pages are damaged gives what is around the damage, and nothing is overwritten', () => {
    fill(folder);
    // A page in the middle; the head of the file is whole, so that it opens and only some reads fail.
    const damaged = damage(0.5, 0.52);
    requestRepair(folder);
    const { history, repair } = reopened(folder);
    expect(repair?.rescuedRuns).toBeGreaterThan(runCount * 0.7);
    expect(repair?.rescuedRuns).toBeLessThan(runCount);
    for (const { id } of history.list({ limit: 1_000 })) expect(history.document(id).id).toBe(id);
    for (const id of [runId(0), runId(runCount - 1)]) expect(history.document(id).id).toBe(id);
    expect(readFileSync(repair?.setAside ?? '')).toEqual(damaged);
    // The next start finds nothing to repair.
    history.close();
    const again = reopened(folder);
    expect(again.repair).toBeUndefined();
    expect(again.history.count({})).toBe(repair?.rescuedRuns);
    again.history.close();
  });

  it('whose end is missing gives what is before it', () => {
    fill(folder);
    const bytes = readFileSync(file());
    writeFileSync(file(), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    requestRepair(folder);
    const { history, repair } = reopened(folder);
    expect(repair?.rescuedRuns).toBeGreaterThan(0);
    expect(history.count({})).toBe(repair?.rescuedRuns);
    history.close();
  });

  it('keeps names, tags and baselines of a whole one that is repaired all the same', () => {
    fill(folder);
    requestRepair(folder);
    const { history, repair } = reopened(folder);
    expect(repair).toMatchObject({ rescuedRuns: runCount, lostRuns: 0 });
    expect(history.count({ tag: 'tenth' })).toBe(runCount / 10);
    expect(history.summary(runId(0)).isBaseline).toBe(true);
    history.close();
  });

  /** A store as version 1 wrote it: documents and descriptions stand in `runs`. */
  function fillVersion1(): void {
    const database = openDatabase(file());
    migrate(database, 1);
    const insert = database.prepare(
      `INSERT INTO runs (id, startedAt, writerPid, heartbeatAt, description, verdict, document, scenarioId, scenarioName, target)
       VALUES (@id, @startedAt, 1, 1, @description, 'passed', @document, 'level-1', 'Level 1', 'sqlite')`,
    );
    for (let index = 0; index < runCount; index += 1) {
      const run = description({ id: runId(index) });
      const document = JSON.stringify(runDocument({ id: run.id, verdict: 'passed' }));
      insert.run({ id: run.id, startedAt: run.startedAt, description: JSON.stringify(run), document });
    }
    database.close();
  }

  it('of the first version is brought up to date with what can be read of it', () => {
    fillVersion1();
    damage(0.5, 0.52);
    requestRepair(folder);
    const { history, repair } = reopened(folder);
    expect(repair?.rescuedRuns).toBeGreaterThan(runCount * 0.7);
    expect(repair?.rescuedRuns).toBeLessThan(runCount);
    for (const { id } of history.list({ limit: 1_000 })) expect(history.document(id).id).toBe(id);
    history.close();
  });

  it('of the first version loses the runs whose documents are no longer JSON, and no other', () => {
    fillVersion1();
    const database = openDatabase(file());
    database.prepare('UPDATE runs SET document = \'{"id":\' WHERE id = ?').run(runId(3));
    database.close();
    requestRepair(folder);
    const { history, repair } = reopened(folder);
    expect(repair).toMatchObject({ rescuedRuns: runCount - 1, lostRuns: 1 });
    history.close();
  });

  it.each(['documents', 'responses'] as const)('whose %s were changed on the disk keeps all that was not', (table) => {
    const history = openHistory(folder);
    for (const index of [1, 2, 3]) {
      history.begin(description({ id: runId(index) }));
      history.finish(runDocument({ id: runId(index), verdict: 'passed' }));
      history.imports.addRun(runDocument({ id: `copy-${index}` }), [
        { t: 1, operation: 'read', histogram: histogramOfMs(1, 2, 3).toSparse() },
        { t: 700, operation: 'read', histogram: histogramOfMs(4).toSparse() },
      ]);
    }
    history.close();
    const database = openDatabase(file());
    // SQLite has no checksums: it reads this as it reads anything.
    database.exec(
      `UPDATE ${table} SET packed = CAST(substr(packed, 1, 12) || x'ff' || substr(packed, 14) AS BLOB)
       WHERE rowid = (SELECT min(rowid) FROM ${table} WHERE runId = 'copy-2')`,
    );
    database.close();
    requestRepair(folder);
    const { history: repaired, repair } = reopened(folder);
    if (table === 'documents') {
      expect(repair).toMatchObject({ rescuedRuns: 5, lostRuns: 1, partlyLostRuns: 0 });
    } else {
      expect(repair).toMatchObject({ rescuedRuns: 6, lostRuns: 0, partlyLostRuns: 1 });
      expect(repair && describeRepair(repair)).toContain('6 runs were rescued (1 without some of their');
      expect(repaired.responseHistograms('copy-2').map(({ t }) => t)).toEqual([700]);
    }
    expect(repaired.responseHistograms('copy-3').map(({ t }) => t)).toEqual([1, 700]);
    repaired.close();
  });

  it('is told of by whoever has not said how to tell of it', () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    writeFileSync(file(), 'not a database at all, whatever its name says of it');
    openHistory(folder).close();
    expect(said.mock.calls.flat().join('')).toMatch(/The history was damaged: .* set aside as .*history-damaged-/);
    said.mockRestore();
  });

  it('is not moved away under somebody who has it open: an asked-for repair is put off, and nothing is lost', () => {
    const writer = openHistory(folder);
    writer.begin(description({ id: runId(1) }));
    requestRepair(folder);
    const other = reopened(folder);
    expect(other.repair).toBeUndefined();
    expect(postponedRepair(folder)).toMatchObject({ code: 'history-in-use', hint: expect.stringContaining('close') });
    other.history.close();
    writer.finish(runDocument({ id: runId(1), verdict: 'passed' }));
    writer.close();

    const { history, repair } = reopened(folder);
    expect(repair).toMatchObject({ rescuedRuns: 1, lostRuns: 0 });
    expect(postponedRepair(folder)).toBeUndefined();
    expect(history.document(runId(1)).verdict).toBe('passed');
    history.close();
  });

  it('that somebody has open is refused with what to do, and set aside when it is let go', () => {
    const writer = new StoreLock(folder);
    expect(writer.share()).toBe(true);
    writeFileSync(file(), 'not a database any more, while another process still has it open');
    expect(() => reopened(folder)).toThrow(
      expect.objectContaining({ code: 'history-in-use', details: { about: 'data-folder' } }),
    );
    expect(readFileSync(file(), 'utf8')).toContain('not a database any more');
    writer.close();
    const { history, repair } = reopened(folder);
    expect(repair?.setAside).toBeDefined();
    history.close();
  });

  it('stays where it is when a repair ends in the middle, and the next one begins anew', () => {
    fill(folder);
    writeFileSync(join(folder, 'history-unfinished.sqlite'), 'what a killed repair has left');
    requestRepair(folder);
    expect(isRepairRequested(folder)).toBe(true);
    const { history, repair } = reopened(folder);
    expect(repair).toMatchObject({ rescuedRuns: runCount, lostRuns: 0 });
    expect(existsSync(join(folder, 'history-unfinished.sqlite'))).toBe(false);
    history.close();
  });

  it('never takes a name that is taken', () => {
    for (let time = 0; time < 3; time += 1) {
      writeFileSync(file(), 'not a database at all, whatever its name says of it');
      reopened(folder).history.close();
    }
    expect(readdirSync(folder).filter((name) => /^history-damaged-.*\.sqlite$/.test(name))).toHaveLength(3);
    expect(existsSync(file())).toBe(true);
  });
});

describe('a backup', () => {
  it('is a whole history, made while others write, and never written over a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-backup-'));
    try {
      fill(folder);
      const history = openHistory(folder);
      const copy = join(folder, 'copy');
      const backup = join(folder, 'backup.sqlite');
      const done = history.backup(backup);
      history.begin(description({ id: runId(999_999) }));
      await done;
      await expect(history.backup(backup)).rejects.toMatchObject({ code: 'output-unwritable' });
      await expect(history.backup(join(folder, 'nowhere', 'x'))).rejects.toMatchObject({ code: 'output-unwritable' });
      history.close();
      const restored = openHistory(copy);
      restored.close();
      writeFileSync(join(copy, 'history.sqlite'), readFileSync(backup));
      const again = openHistory(copy);
      expect(again.count({ tag: 'tenth' })).toBe(runCount / 10);
      expect(again.document(runId(7)).id).toBe(runId(7));
      again.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is not begun anew by what others write meanwhile, and has its name when it is whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-backup-'));
    try {
      fill(folder);
      const history = openHistory(folder);
      const other = openHistory(folder);
      const file = join(folder, 'backup.sqlite');
      let isMade = false;
      let isThere = false;
      let written = 0;
      // More often than the store has hundreds of pages: a copy that begins anew each time is not made before.
      const write = (): void => {
        if (isMade || written === 500) return;
        other.edits.note(runId(7), { notes: `note ${written}` });
        written += 1;
        isThere ||= existsSync(file);
        setImmediate(write);
      };
      write();
      await history.backup(file);
      isMade = true;
      expect(isThere).toBe(false);
      expect(written).toBeLessThan(500);
      history.close();
      other.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('compaction gives space back and keeps every run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-compact-'));
    try {
      fill(folder);
      const history = openHistory(folder);
      history.edits.delete(
        Array.from({ length: runCount / 2 }, (_, index) => runId(index + 50)),
        new Date(0),
      );
      history.edits.purge(new Date());
      const { beforeBytes, afterBytes } = history.compact();
      expect(afterBytes).toBeLessThan(beforeBytes * 0.8);
      expect(history.count({})).toBe(runCount / 2);
      history.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
