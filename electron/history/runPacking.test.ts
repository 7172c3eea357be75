import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { description, histogramOfMs, runDocument, runInterval } from '../../tests/support/factories';
import { replayOf } from '../app/runs/replay';
import { latencyHeatmap } from '../measure/latencyHeatmap';
import { operationSeconds } from '../measure/operationSeconds';
import { toHlog } from '../report/exporters/hlog';
import { openDatabase } from '../sqlite/openDatabase';
import { HistoryStore } from './historyStore';
import { openHistory } from './openHistory';
import type { SecondOfOperation } from './responseBlocks';
import { RunPacking } from './runPacking';
import { packSecond, RunSeconds } from './runSeconds';
import { StoreWriter } from './storeWriter';

const empty = new Map();
const usualSeconds = 40;

/** Latencies that look like no others. */
function latenciesOf(second: number): number[] {
  return Array.from({ length: 20 }, (_, request) => ((second * 7_919 + request * 104_729) % 99_991) / 100);
}

/** A run that has ended, with a second operation in some of its seconds. */
function keepRun(
  history: HistoryStore,
  id: string,
  seconds = usualSeconds,
  startedAt = '2026-01-01T00:00:00.000Z',
): void {
  history.begin(description({ id, startedAt }));
  const intervals = Array.from({ length: seconds }, (_, second) =>
    runInterval({ t: second + 1, count: 5, rate: 5, parts: { network: second / 100 } }),
  );
  for (const interval of intervals)
    history.append(id, [
      packSecond({
        interval,
        response: new Map([
          ['read', histogramOfMs(1, 2, ...latenciesOf(interval.t))],
          ...(interval.t % 3 === 0 ? [['query', histogramOfMs(20, 20, 21)] as const] : []),
        ]),
        service: histogramOfMs(1),
        lateness: histogramOfMs(0.1),
        stages: empty,
        phases: empty,
        serverTiming: empty,
        parts: empty,
      }),
    ]);
  history.finish(runDocument({ id, startedAt, verdict: 'passed', intervals }));
}

/** All that the history is asked of a run. */
function shown(history: HistoryStore, id: string) {
  const document = history.document(id);
  const responses = history.responseHistograms(id);
  return {
    document,
    responses,
    summary: history.summary(id),
    heat: latencyHeatmap(responses),
    replay: replayOf(history, document),
    log: toHlog(document, responses),
  };
}

describe('runs that are packed', () => {
  let folder: string;
  let history: HistoryStore;
  let database: Database.Database;
  const now = new Date();
  const rows = (table: string): number => Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  const packedAll = (): void => {
    let isMore = true;
    while (isMore) isMore = history.packing.packNext(now);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-packing-'));
    history = openHistory(folder);
    database = openDatabase(join(folder, 'history.sqlite'));
    database.pragma('busy_timeout = 0');
  });
  afterEach(() => {
    database.close();
    history.close();
    rmSync(folder, { recursive: true });
  });

  it('show the same as before, and leave no second of their own', () => {
    keepRun(history, 'run-1');
    const before = shown(history, 'run-1');
    expect(before.responses.length).toBeGreaterThan(usualSeconds);
    expect(before.heat).toHaveLength(usualSeconds);
    expect([history.packing.due, rows('histograms')]).toEqual([1, before.responses.length]);
    packedAll();
    expect(shown(history, 'run-1')).toEqual(before);
    expect([history.packing.due, rows('histograms'), rows('responses')]).toEqual([0, 0, 1]);
    expect(history.packing.packNext(now)).toBe(false);
  });

  /** A run whose seconds have too many different response times for the history. */
  function keepLargeRun(id: string): void {
    let random = 1;
    history.begin(description({ id }));
    const intervals = Array.from({ length: 10 }, (_, second) => runInterval({ t: second + 1, count: 900, rate: 900 }));
    for (const interval of intervals) {
      // No codec finds a rule in these.
      const latencies = Array.from({ length: 900 }, () => {
        random = (Math.imul(random, 1_664_525) + 1_013_904_223) | 0;
        return 1 + (random >>> 8) / 2 ** 17;
      });
      history.append(id, [
        packSecond({
          interval,
          response: new Map([['read', histogramOfMs(...latencies)]]),
          service: histogramOfMs(1),
          lateness: histogramOfMs(0.1),
          stages: empty,
          phases: empty,
          serverTiming: empty,
          parts: empty,
        }),
      ]);
    }
    history.finish(runDocument({ id, verdict: 'passed', intervals }));
  }

  const blockBytes = (id: string): number =>
    Number(database.prepare('SELECT sum(length(packed)) FROM responses WHERE runId = ?').pluck().get(id));

  it('have wider steps where their response times are many, and show the same heatmap and P95', () => {
    keepLargeRun('run-1');
    const before = shown(history, 'run-1');
    const operations = operationSeconds(before.responses);
    packedAll();
    const after = shown(history, 'run-1');
    expect(blockBytes('run-1')).toBeLessThan(10 * 390);
    const shares = new Set(after.responses.map(({ stepShare }) => stepShare));
    expect([[1 / 64], [1 / 48], [1 / 32], [1 / 16]]).toContainEqual([...shares]);
    expect(after.document).toEqual(before.document);
    expect(after.heat).toEqual(before.heat);
    expect(operationSeconds(after.responses)).toEqual(operations);
    expect(after.log).toContain('#[Values are kept in steps of');
    expect(before.log).not.toContain('#[Values are kept in steps of');
  });

  it.each([
    ['pinned', (id: string) => history.edits.note(id, { isPinned: true })],
    ['tagged', (id: string) => history.edits.tag([id], 'release', true)],
  ])('keep all their buckets when they are %s by then', (_how, keep) => {
    keepLargeRun('run-1');
    keep('run-1');
    const before = shown(history, 'run-1');
    packedAll();
    expect(shown(history, 'run-1')).toEqual(before);
  });

  it('are packed again, when an earlier version had packed all buckets of many response times', () => {
    keepLargeRun('run-1');
    keepRun(history, 'run-2');
    history.edits.note('run-1', { isPinned: true });
    packedAll();
    history.edits.note('run-1', { isPinned: false });
    const before = blockBytes('run-1');
    const small = blockBytes('run-2');
    history.close();
    // As version 6 left it, but for the size from which a run is worth it.
    database.exec('ALTER TABLE responses DROP COLUMN stepShare; PRAGMA user_version = 6');
    database.exec("UPDATE responses SET packed = CAST(packed || zeroblob(40960) AS BLOB) WHERE runId = 'run-1'");
    history = openHistory(folder);
    expect(history.packing.due).toBe(1);
    database.exec("UPDATE responses SET packed = substr(packed, 1, length(packed) - 40960) WHERE runId = 'run-1'");
    packedAll();
    expect(blockBytes('run-1')).toBeLessThan(before / 2);
    expect(blockBytes('run-2')).toBe(small);
    expect(history.packing.due).toBe(0);
  });

  it('stay as they are when a block of theirs is damaged', () => {
    keepLargeRun('run-1');
    history.edits.note('run-1', { isPinned: true });
    packedAll();
    history.edits.note('run-1', { isPinned: false });
    database.prepare("UPDATE responses SET packed = x'0100'").run();
    database.prepare('UPDATE runs SET isPacked = 0').run();
    packedAll();
    expect([history.packing.due, blockBytes('run-1')]).toEqual([0, 2]);
  });

  it('are packed by the store that finished them when it is asked to, and others are left', () => {
    const other = openHistory(folder);
    keepRun(other, 'run-1');
    other.close();
    keepRun(history, 'run-2');
    history.packing.packFinished();
    expect(history.packing.due).toBe(1);
    packedAll();
    expect(history.responseHistograms('run-1')).toEqual(history.responseHistograms('run-2'));
  });

  it('give their space back to the disk', () => {
    for (let index = 0; index < 8; index += 1) keepRun(history, `run-${index}`);
    const before = history.sizeBytes;
    packedAll();
    expect(history.sizeBytes).toBeLessThan(before / 2);
    expect(database.pragma('freelist_count', { simple: true })).toBe(0);
    database.close();
    history.close();
    expect(statSync(join(folder, 'history.sqlite')).size).toBeLessThan(before / 2);
    history = openHistory(folder);
    expect(shown(history, 'run-7').responses.length).toBeGreaterThan(usualSeconds);
  });

  it.each([
    ['the blocks are kept', 'BEFORE INSERT ON responses'],
    ['the document is kept', 'BEFORE UPDATE ON documents'],
    ['single histograms are forgotten', 'BEFORE DELETE ON histograms WHEN old.t > 20'],
    ['the run is marked', 'BEFORE UPDATE OF isPacked ON runs'],
  ])('can be read and are packed another time when that ends before %s', (_where, when) => {
    keepRun(history, 'run-1');
    const before = shown(history, 'run-1');
    database.exec(`CREATE TRIGGER ending ${when} BEGIN SELECT RAISE(ABORT, 'the process has ended'); END`);
    expect(() => history.packing.packNext(now)).toThrow(/has ended/);
    expect(shown(history, 'run-1')).toEqual(before);
    expect(history.packing.due).toBe(1);
    database.exec('DROP TRIGGER ending');
    packedAll();
    expect(shown(history, 'run-1')).toEqual(before);
    expect([history.packing.due, rows('histograms')]).toEqual([0, 0]);
  });

  it('stay whole when another process packs them at the same time', () => {
    keepRun(history, 'run-1');
    const before = shown(history, 'run-1');
    const other = openHistory(folder);
    // The other is half through when this one reads.
    database.exec(
      "CREATE TRIGGER ending BEFORE DELETE ON histograms WHEN old.t > 20 BEGIN SELECT RAISE(ABORT, 'half'); END",
    );
    expect(() => other.packing.packNext(now)).toThrow(/half/);
    database.exec('DROP TRIGGER ending; DELETE FROM histograms WHERE t < 20');
    packedAll();
    other.close();
    expect(shown(history, 'run-1')).toEqual(before);
  });

  it('are not packed by half when another process packs and forgets what is being read', () => {
    keepRun(history, 'run-1', 700);
    const before = shown(history, 'run-1');
    const other = openHistory(folder);
    class Overtaken extends RunSeconds {
      override *unpacked(runId: string): Generator<SecondOfOperation[]> {
        for (const stretch of super.unpacked(runId)) {
          other.packing.pack(runId);
          yield stretch;
        }
      }
    }
    new RunPacking(database, new Overtaken(database), new StoreWriter(database)).pack('run-1');
    other.close();
    expect(shown(history, 'run-1')).toEqual(before);
    expect([history.packing.due, rows('histograms'), rows('responses')]).toEqual([0, 0, 2]);
  });

  it('wait for a run that is measured, whoever measures it', () => {
    keepRun(history, 'run-1');
    const other = openHistory(folder);
    other.begin(description({ id: 'run-2' }));
    expect(history.packing.packNext(new Date())).toBe(false);
    expect(history.packing.due).toBe(1);
    // One that was left behind is not measured.
    expect(history.packing.packNext(new Date(Date.now() + 60_000))).toBe(true);
    expect(history.packing.due).toBe(0);
    other.close();
  });

  it('stay as they are where they can not be read, and keep others from nothing', () => {
    keepRun(history, 'damaged', usualSeconds, '2026-02-01T00:00:00.000Z');
    keepRun(history, 'whole', usualSeconds, '2026-01-01T00:00:00.000Z');
    database.exec("UPDATE histograms SET histogram = 'HISTFAAA' WHERE runId = 'damaged' AND t = 7 AND name = 'read'");
    database.exec("UPDATE documents SET packed = x'7801' WHERE runId = 'damaged'");
    packedAll();
    expect(rows('histograms')).toBeGreaterThan(usualSeconds);
    expect(() => history.document('damaged')).toThrow(expect.objectContaining({ code: 'history-unreadable' }));
    expect(() => history.responseHistograms('damaged')).toThrow(/run damaged from second 7 on are damaged/);
    expect(history.responseHistograms('whole').length).toBeGreaterThan(usualSeconds);
    expect(history.packing.due).toBe(0);
  });

  it('stay as they are where they would come back different: nothing is made coarser', () => {
    keepRun(history, 'run-1');
    const fine = build({ numberOfSignificantValueDigits: 5, highestTrackableValue: 2 ** 31 });
    for (const us of [123_457, 123_458, 987_653]) fine.recordValue(us);
    database
      .prepare("UPDATE histograms SET histogram = ? WHERE t = 7 AND name = 'read'")
      .run(encodeIntoCompressedBase64(fine));
    const before = shown(history, 'run-1');
    packedAll();
    expect(shown(history, 'run-1')).toEqual(before);
    expect([history.packing.due, rows('responses'), rows('histograms')]).toEqual([0, 0, before.responses.length]);
  });

  it('name the seconds that are damaged', () => {
    keepRun(history, 'run-1');
    packedAll();
    database.exec("UPDATE responses SET packed = x'0100000000'");
    expect(() => history.responseHistograms('run-1')).toThrow(
      expect.objectContaining({
        code: 'history-unreadable',
        message: expect.stringContaining('run run-1 from second 1 on'),
        details: { about: 'damaged-history' },
      }),
    );
    expect(history.document('run-1').intervals).toHaveLength(usualSeconds);
  });

  it('are kept when the disk is full, and packed when there is space again', () => {
    history.close();
    history = new HistoryStore(database);
    keepRun(history, 'run-1', 400);
    const before = shown(history, 'run-1');
    // SQLite's own limit fails like a full disk does: SQLITE_FULL.
    database.exec('VACUUM');
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages}`);
    expect(() => history.packing.packNext(now)).toThrow(expect.objectContaining({ code: 'history-write-failed' }));
    expect(shown(history, 'run-1')).toEqual(before);
    // Nobody is told, for the run itself is saved.
    history.packing.packFinished();
    database.pragma(`max_page_count = ${pages * 2}`);
    packedAll();
    expect(shown(history, 'run-1')).toEqual(before);
    expect([history.packing.due, rows('histograms')]).toEqual([0, 0]);
  });

  it('are those of the fifth version, too, and it can be read before they are packed', () => {
    history.close();
    database.close();
    rmSync(folder, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'proofload-packing-'));
    copyFileSync(resolve('tests/fixtures/history-5/history.sqlite'), join(folder, 'history.sqlite'));
    history = openHistory(folder);
    database = openDatabase(join(folder, 'history.sqlite'));
    const [imported, , run] = history.list({ limit: 9 });
    const id = run?.id ?? '';
    const before = shown(history, id);
    expect(before.summary).toMatchObject({ name: 'Named', isPinned: true, tags: ['release'] });
    expect(before.document.intervals).toHaveLength(5);
    expect(before.heat).toHaveLength(5);
    expect(history.packing.due).toBe(2);
    packedAll();
    expect(shown(history, id)).toEqual(before);
    expect(history.stored(imported?.id ?? '')).toMatchObject({ kind: 'result', result: { tool: 'k6' } });
    expect(rows("histograms WHERE metric = 'response'")).toBeGreaterThan(0);
    expect(history.seconds('20260501-000100-bbbbbb')).toHaveLength(3);
  });
});
