import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PartProfile } from '../../shared/attribution/partProfile';
import { machineKey } from '../../shared/run/calibration';
import { description, histogramOfMs, loadTick } from '../../tests/support/factories';
import { Aggregator } from '../measure/aggregator';
import { Measurement } from '../measure/measurement';
import type { RecordedSecond } from '../measure/recordedSecond';
import { assembleDocument } from '../run/assembleDocument';
import { recoverRuns } from '../run/recoverRuns';
import { openDatabase } from '../sqlite/openDatabase';
import { HistoryStore } from './historyStore';
import { migrate, migrations } from './migrations';
import { openHistory } from './openHistory';
import { packSecond } from './runSeconds';

/** The seconds of a short run with reads, a failure and cache hits. */
function recordedSeconds(count: number): RecordedSecond[] {
  const aggregator = new Aggregator();
  return Array.from({ length: count * 4 }, (_, index) => index + 1).flatMap(
    (index) =>
      aggregator.add(
        loadTick({
          index,
          asked: 50,
          sent: 50,
          failures: index === 1 ? { timeout: 1 } : {},
          cacheHits: 3,
          cacheLookups: 4,
          response: { read: histogramOfMs(1, 2, index).toSparse(), query: histogramOfMs(20).toSparse() },
          service: histogramOfMs(1).toSparse(),
          lateness: histogramOfMs(0.5).toSparse(),
          waiting: histogramOfMs(0.8).toSparse(),
          stages: { 0: { response: histogramOfMs(3).toSparse(), failures: { timeout: 1 }, dropped: 0 } },
          serverTiming: { fetch: histogramOfMs(0.1).toSparse() },
          utilisation: 0.25,
        }),
      ).seconds,
  );
}

function documentOf(seconds: readonly RecordedSecond[], run = description()) {
  const measurement = new Measurement(run.scenario, run.target);
  for (const second of seconds) measurement.recover(second);
  return assembleDocument({
    description: run,
    endedAt: new Date('2026-01-01T00:01:00.000Z'),
    measurement,
    measuredMs: seconds.length * 1000,
    integrity: { checked: 0, violations: 0, acknowledgedWrites: 0, lostWrites: null },
    ending: undefined,
  });
}

describe('HistoryStore', () => {
  let folder: string;
  let history: HistoryStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-history-'));
    history = openHistory(folder);
  });
  afterEach(() => {
    history.close();
    rmSync(folder, { recursive: true });
  });

  it('gives back a finished run as it was, also to another process', () => {
    const document = documentOf(recordedSeconds(3));
    history.begin(description());
    history.finish(document);
    const other = openHistory(folder);
    expect(other.document('run-1')).toEqual(document);
    expect(other.list({ limit: 10 })).toMatchObject([
      { id: 'run-1', verdict: document.verdict, target: 'memory', p95Ms: document.metrics.http_req_duration.p95 },
    ]);
    other.close();
  });

  it('lists newest first, by scenario and target', () => {
    for (const [id, startedAt] of [
      ['a', '2026-01-01T00:00:00.000Z'],
      ['b', '2026-01-02T00:00:00.000Z'],
    ] as const)
      history.begin(description({ id, startedAt }));
    expect(history.list({ limit: 10 }).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(history.list({ limit: 1 })).toHaveLength(1);
    expect(history.list({ limit: 10, target: 'sqlite' })).toEqual([]);
  });

  it('gives back every second with its raw histograms', () => {
    const seconds = recordedSeconds(2);
    history.begin(description());
    history.append('run-1', seconds.map(packSecond));
    const stored = history.seconds('run-1');
    expect(stored.map(({ interval }) => interval)).toEqual(seconds.map(({ interval }) => interval));
    expect(stored.map(({ response }) => response.get('read')?.count)).toEqual(
      seconds.map(({ response }) => response.get('read')?.count),
    );
    expect(stored[0]?.serverTiming.get('fetch')?.count).toBe(4);
  });

  it('recovers a run that a killed process left behind, with the figures of its seconds', () => {
    const seconds = recordedSeconds(3);
    history.begin(description());
    history.append('run-1', seconds.map(packSecond));
    // Nobody has its lease.
    expect(recoverRuns(history, join(folder, 'work'))).toEqual(['run-1']);
    const recovered = history.document('run-1');
    const whole = documentOf(seconds);
    expect(recovered).toMatchObject({ verdict: 'interrupted', intervals: whole.intervals });
    expect(recovered.metrics.http_reqs).toEqual(whole.metrics.http_reqs);
    expect(recovered.metrics.http_req_failed).toEqual(whole.metrics.http_req_failed);
    expect(recovered.metrics.cache_hit).toEqual(whole.metrics.cache_hit);
    const { p50, p95, p99 } = recovered.metrics.http_req_duration;
    expect([p50, p95, p99].map((value) => Math.round(value * 10))).toEqual(
      [
        whole.metrics.http_req_duration.p50,
        whole.metrics.http_req_duration.p95,
        whole.metrics.http_req_duration.p99,
      ].map((value) => Math.round(value * 10)),
    );
    expect(recoverRuns(history, join(folder, 'work'))).toEqual([]);
  });

  it('says where the time of a recovered run went, as of any other', () => {
    const profile = new PartProfile();
    for (let request = 0; request < 200; request += 1) {
      profile.add('network', 300);
      profile.addServerPart('commit', 700);
      profile.record(1_000);
    }
    history.begin(description());
    for (const second of recordedSeconds(2))
      history.append('run-1', [packSecond({ ...second, parts: new Map([['read', profile]]) })]);
    const database = openDatabase(join(folder, 'history.sqlite'));
    recoverRuns(history, join(folder, 'work'));
    expect(history.document('run-1').attribution?.by_operation.read?.median?.parts).toEqual({
      network: 0.3,
      'server.commit': 0.7,
    });
    // What only a recovery needs is forgotten.
    for (const table of ['seconds', 'parts'])
      expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    database.close();
  });

  it('has a run on the disk when it is finished or edited, and does not disturb the disk in each second of it', () => {
    const levels: unknown[] = [];
    const transaction = Database.prototype.transaction;
    const spy = vi.spyOn(Database.prototype, 'transaction').mockImplementation(function (
      this: Database.Database,
      work,
    ) {
      levels.push(this.pragma('synchronous', { simple: true }));
      return transaction.call(this, work);
    });
    const [normal, full] = [1, 2];
    const seconds = recordedSeconds(1);
    history.begin(description());
    history.append('run-1', seconds.map(packSecond));
    history.finish(documentOf(seconds));
    history.edits.note('run-1', { name: 'named' });
    spy.mockRestore();
    expect(levels).toEqual([full, normal, full, full]);
  });

  it('has no document of a run that goes on', () => {
    history.begin(description());
    expect(() => history.document('run-1')).toThrow(/has not ended/);
  });

  it('forgets a discarded run and says so of an unknown one', () => {
    history.begin(description());
    history.discard('run-1');
    expect(() => history.document('run-1')).toThrow(/there is no run run-1/);
  });
});

describe('opening a history', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('refuses a store of a newer version and leaves it as it is', () => {
    openHistory(folder).close();
    const file = join(folder, 'history.sqlite');
    const database = openDatabase(file);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    expect(() => openHistory(folder)).toThrow(/newer version/);
    const again = openDatabase(file);
    expect(again.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
    again.close();
  });

  it('brings a store of the first version up to date: its runs are there, and one that was left behind is recovered', () => {
    copyFileSync(resolve('tests/fixtures/history-1/history.sqlite'), join(folder, 'history.sqlite'));
    const history = openHistory(folder);
    const document = history.document('20260101-000000-aaaaaa');
    expect(document.intervals).toHaveLength(3);
    expect(history.summary(document.id)).toMatchObject({
      verdict: 'failed',
      machine: machineKey(document.environment),
      p50Ms: document.metrics.http_req_duration.p50,
      p99_9Ms: document.metrics.http_req_duration.p99_9,
      failedRate: 0,
      cacheHitRate: 0.75,
      tags: [],
      notes: '',
    });
    expect(recoverRuns(history, join(folder, 'work'))).toEqual(['20260101-000100-bbbbbb']);
    const recovered = history.document('20260101-000100-bbbbbb');
    expect(recovered).toMatchObject({ verdict: 'interrupted', intervals: document.intervals });
    expect(recovered.metrics.http_reqs).toMatchObject(document.metrics.http_reqs);
    history.close();
  });

  it('brings a store of the second version up to date, with what was said of its runs', () => {
    copyFileSync(resolve('tests/fixtures/history-2/history.sqlite'), join(folder, 'history.sqlite'));
    const history = openHistory(folder);
    const document = history.document('20260201-000000-aaaaaa');
    expect(document.intervals).toHaveLength(3);
    expect(document.log).toEqual([]);
    expect(history.summary('20260201-000000-aaaaaa')).toMatchObject({
      name: 'Named',
      notes: 'noted',
      tags: ['release'],
      isBaseline: true,
      origin: null,
    });
    expect(recoverRuns(history, join(folder, 'work'))).toEqual(['20260201-000100-bbbbbb']);
    expect(history.document('20260201-000100-bbbbbb').intervals).toHaveLength(4);
    history.close();
  });

  it('brings a store of the third version up to date, with what keeps its runs from opening a gate', () => {
    copyFileSync(resolve('tests/fixtures/history-3/history.sqlite'), join(folder, 'history.sqlite'));
    const history = openHistory(folder);
    const none = { isShortened: false, isOverridden: false, wasGateShut: false, p95Ms: 12, p95HighMs: 12 };
    expect(history.document('20260301-000000-aaaaaa').overridden).toBe(false);
    expect(history.summary('20260301-000000-aaaaaa')).toMatchObject(none);
    expect(history.summary('20260301-000100-bbbbbb')).toMatchObject({ ...none, isShortened: true });
    expect(history.summary('20260301-000200-cccccc')).toMatchObject({ ...none, wasGateShut: true });
    history.close();
  });

  it('takes the secrets out of a store of the fourth version that were typed for its runs', () => {
    const file = join(folder, 'history.sqlite');
    copyFileSync(resolve('tests/fixtures/history-4/history.sqlite'), file);
    expect(readFileSync(file).toString('latin1')).toContain('typed-');
    const history = openHistory(folder);
    const [imported, , run] = history.list({ limit: 9 });
    expect(run).toMatchObject({ target: 'http://***@127.0.0.1/?token=***', isBaseline: true });
    expect(imported).toMatchObject({ name: 'http://***@127.0.0.1/', origin: 'autocannon' });
    const document = history.document(run?.id ?? '');
    expect(document.target).toMatchObject({ headers: [['X-Api-Key', '***']], body: 'password=***' });
    expect(document.log).toEqual([{ level: 'warning', message: 'sent *** to http://127.0.0.1/?token=***' }]);
    expect(document.intervals).toHaveLength(3);
    expect(history.baselineOf('level-2', 'http://***@127.0.0.1/?token=***', machineKey(document.environment))).toBe(
      run?.id,
    );
    expect(recoverRuns(history, join(folder, 'work'))).toHaveLength(1);
    const stored = history.list({ limit: 9 }).map(({ id }) => JSON.stringify(history.stored(id)));
    expect(stored.join()).not.toContain('typed-');
    history.close();
    // Not in what was freed either.
    expect(readFileSync(file).toString('latin1')).not.toContain('typed-');
  });

  it('says what to do about a folder that cannot be used', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openHistory(join(folder, 'file', 'below'))).toThrow(
      expect.objectContaining({ code: 'data-folder-unusable', details: { about: 'data-folder' } }),
    );
  });

  it('says so when its file is deleted under it, although SQLite would go on writing', () => {
    const store = openHistory(folder);
    store.begin(description());
    rmSync(join(folder, 'history.sqlite'));
    expect(() => store.append('run-1', recordedSeconds(1).map(packSecond))).toThrow(
      expect.objectContaining({ code: 'history-write-failed', message: expect.stringContaining('moved or deleted') }),
    );
    store.close();
  });

  it('says so when another file takes the place of its own, whatever writes', () => {
    const store = openHistory(folder);
    store.begin(description());
    copyFileSync(join(folder, 'history.sqlite'), join(folder, 'copy'));
    renameSync(join(folder, 'copy'), join(folder, 'history.sqlite'));
    const gone = expect.objectContaining({
      code: 'history-write-failed',
      message: expect.stringContaining('another file was put in its place'),
    });
    expect(() => store.append('run-1', recordedSeconds(1).map(packSecond))).toThrow(gone);
    expect(() => store.edits.note('run-1', { notes: 'written into nothing' })).toThrow(gone);
    expect(() => store.imports.addRun(documentOf(recordedSeconds(1), description({ id: 'run-2' })))).toThrow(gone);
    store.close();
  });

  it('tells soon and by name that another process is writing, while it measures a run, and waits longer otherwise', () => {
    const database = openDatabase(join(folder, 'history.sqlite'));
    database.pragma('journal_mode = WAL');
    migrate(database);
    const store = new HistoryStore(database);
    const other = openDatabase(join(folder, 'history.sqlite'));
    const patienceMs = (): unknown => database.pragma('busy_timeout', { simple: true });
    const inUse = expect.objectContaining({ code: 'history-in-use', hint: expect.stringContaining('wait') });
    const seconds = recordedSeconds(2).map(packSecond);

    store.edits.tag([], 'a', true);
    expect(patienceMs()).toBe(5_000);
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.begin(description())).toThrow(inUse);
    other.exec('ROLLBACK');
    store.begin(description());
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.append('run-1', seconds)).toThrow(inUse);
    expect(() => store.edits.note('run-1', { notes: 'x' })).toThrow(inUse);
    expect(() => store.finish(documentOf(recordedSeconds(2)))).toThrow(inUse);
    // It holds the event loop up as long as it waits.
    expect(patienceMs()).toBe(50);
    other.exec('ROLLBACK');
    store.append('run-1', seconds);
    expect(store.seconds('run-1').map(({ interval }) => interval.t)).toEqual([1, 2]);
    store.finish(documentOf(recordedSeconds(2)));
    store.edits.tag([], 'a', true);
    expect(patienceMs()).toBe(5_000);
    other.close();
    store.close();
  });

  it('is opened, looked at and recovered later, while another process writes', () => {
    const store = openHistory(folder);
    store.begin(description({ id: 'deleted' }));
    store.finish(documentOf(recordedSeconds(1), description({ id: 'deleted' })));
    store.edits.delete(['deleted'], new Date(0));
    store.begin(description());
    store.append('run-1', recordedSeconds(1).map(packSecond));
    const other = openDatabase(join(folder, 'history.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    expect(recoverRuns(store, join(folder, 'work'))).toEqual([]);
    expect(store.edits.purge(new Date())).toBe(0);
    other.exec('ROLLBACK');
    other.close();
    expect(recoverRuns(store, join(folder, 'work'))).toEqual(['run-1']);
    expect(store.edits.purge(new Date())).toBe(1);
    store.close();
  });

  it('turns a full disk into an error with a remedy, and keeps what was saved', () => {
    const database = openDatabase(join(folder, 'history.sqlite'));
    migrate(database);
    const store = new HistoryStore(database);
    store.begin(description());
    // SQLite's own limit fails like a full disk does: SQLITE_FULL.
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 1}`);
    const fill = (): void => {
      for (const second of recordedSeconds(200)) store.append('run-1', [packSecond(second)]);
    };
    expect(fill).toThrow(
      expect.objectContaining({ code: 'history-write-failed', hint: expect.stringContaining('free space') }),
    );
    expect(store.list({ limit: 10 })).toHaveLength(1);
    store.close();
  });
});
