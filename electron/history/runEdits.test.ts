import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineConfig } from '../../shared/engines/config';
import { runFilterSchema } from '../../shared/history/runQuery';
import { machineKey } from '../../shared/run/calibration';
import { description, environment, level, runDocument } from '../../tests/support/factories';
import type { HistoryStore } from './historyStore';
import { openHistory } from './openHistory';

let folder: string;
let history: HistoryStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-edits-'));
  history = openHistory(folder);
});
afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true });
});

/** Keeps a run that has ended. */
function keep(id: string, overrides: Parameters<typeof description>[0] = {}): void {
  const run = description({ id, ...overrides });
  history.begin(run);
  const { startedAt, scenario, target } = run;
  history.finish(runDocument({ id, startedAt, scenario, target, environment: run.environment, verdict: 'passed' }));
}

function ids(filter: Parameters<HistoryStore['count']>[0] = {}): string[] {
  const found = history.list({ ...filter, limit: 100 }).map(({ id }) => id);
  expect(history.count(filter)).toBe(found.length);
  return found;
}

describe('what users say of runs', () => {
  it('is kept: a name, notes, tags, a pin', () => {
    keep('a');
    history.edits.note('a', { name: 'after the index', notes: '100 % "faster"\nwith it' });
    history.edits.tag(['a'], 'release', true);
    history.edits.tag(['a', 'nobody'], 'blue', true);
    history.edits.tag(['a'], 'blue', true);
    history.edits.note('a', { isPinned: true });
    expect(history.summary('a')).toMatchObject({
      name: 'after the index',
      notes: '100 % "faster"\nwith it',
      tags: ['blue', 'release'],
      isPinned: true,
      isBaseline: false,
    });
    history.edits.note('a', { name: null });
    history.edits.tag(['a'], 'blue', false);
    expect(history.summary('a')).toMatchObject({ name: null, tags: ['release'], isPinned: true });
    expect(() => history.edits.note('b', { notes: '' })).toThrow(expect.objectContaining({ code: 'run-not-found' }));
    expect(() => history.summary('b')).toThrow(expect.objectContaining({ code: 'run-not-found' }));
  });

  it('is one baseline for each scenario and target of a machine', () => {
    keep('a');
    keep('b');
    keep('other', { target: engineConfig('sqlite') });
    for (const id of ['a', 'other', 'b']) history.edits.setBaseline(id, true);
    const baselines = history.list({ limit: 10 }).filter(({ isBaseline }) => isBaseline);
    expect(baselines.map(({ id }) => id).sort()).toEqual(['b', 'other']);
    // One that is not the baseline takes the place from nobody.
    history.edits.setBaseline('a', false);
    expect(history.summary('b').isBaseline).toBe(true);
    history.edits.setBaseline('b', false);
    expect(history.summary('b').isBaseline).toBe(false);
  });

  it('deletes runs so that they can be had back for an hour, and leaves those alone that go on', () => {
    for (const id of ['a', 'b']) keep(id);
    history.begin(description({ id: 'running' }));
    history.edits.tag(['a'], 'tagged', true);
    const now = new Date('2026-11-24T00:00:00Z');
    expect(history.edits.delete(['a', 'b', 'running', 'nobody'], now)).toBe(2);
    expect(ids()).toEqual(['running']);
    expect(history.facets()).toMatchObject({ targets: [{ value: 'memory', runs: 1 }], tags: [], verdicts: [] });
    history.edits.purge(new Date('2026-11-24T00:59:00Z'));
    expect(history.edits.restore(['a'])).toBe(1);
    expect(history.document('a').id).toBe('a');
    expect(history.summary('a').tags).toEqual(['tagged']);
    history.edits.purge(new Date('2026-11-24T01:01:00Z'));
    expect(() => history.document('b')).toThrow(/there is no run b/);
    expect(ids().sort()).toEqual(['a', 'running']);
  });

  it('cleans up what is old, and never what is pinned, tagged or a baseline', () => {
    for (const id of ['old', 'pinned', 'tagged', 'baseline']) keep(id);
    keep('new', { startedAt: '2026-06-01T00:00:00.000Z' });
    history.edits.note('pinned', { isPinned: true });
    history.edits.tag(['tagged'], 'keep', true);
    history.edits.setBaseline('baseline', true);
    expect(history.edits.retain(30, new Date('2026-06-02T00:00:00Z'))).toEqual(['old']);
    expect(ids().sort()).toEqual(['baseline', 'new', 'pinned', 'tagged']);
  });
});

describe('the list', () => {
  it('is filtered by what is known of runs', () => {
    // Days are those of this machine: midnight here, and a second before it.
    const midnight = new Date(2026, 0, 2);
    keep('a', { startedAt: new Date(midnight.getTime() - 1_000).toISOString() });
    keep('b', { startedAt: midnight.toISOString(), target: engineConfig('sqlite'), scenario: level('level-1') });
    keep('c', { startedAt: '2026-01-03T12:00:00.000Z', environment: { ...environment, cores: 64 } });
    history.edits.tag(['a', 'c'], 'x', true);
    expect(ids({ target: 'sqlite' })).toEqual(['b']);
    expect(ids({ scenarioId: 'level-1' })).toEqual(['b']);
    expect(ids({ tag: 'x' })).toEqual(['c', 'a']);
    expect(ids({ verdict: 'passed' })).toEqual(['c', 'b', 'a']);
    expect(ids({ verdict: 'failed' })).toEqual([]);
    expect(ids({ machine: machineKey(environment) })).toEqual(['b', 'a']);
    expect(ids({ from: '2026-01-02' })).toEqual(['c', 'b']);
    expect(ids({ to: '2026-01-02' })).toEqual(['b', 'a']);
    expect(ids({ from: '2026-01-02', to: '2026-01-02' })).toEqual(['b']);
    expect(history.list({ limit: 1, offset: 1 }).map(({ id }) => id)).toEqual(['b']);
    expect(history.facets()).toMatchObject({
      scenarios: [
        { id: 'level-1', name: 'Report', runs: 1 },
        { id: 'level-2', runs: 2 },
      ],
      targets: [
        { value: 'memory', runs: 2 },
        { value: 'sqlite', runs: 1 },
      ],
      verdicts: [{ value: 'passed', runs: 3 }],
      tags: [{ value: 'x', runs: 2 }],
    });
    expect(
      history
        .facets()
        .machines.map(({ runs }) => runs)
        .sort(),
    ).toEqual([1, 2]);
  });

  it('is searched by words, whatever their case and whatever they contain', () => {
    keep('a');
    history.edits.note('a', { name: 'After the INDEX', notes: "100% of o'clock_x" });
    keep('b');
    expect(ids({ text: 'index after' })).toEqual(['a']);
    expect(ids({ text: '100%' })).toEqual(['a']);
    expect(ids({ text: "o'clock_" })).toEqual(['a']);
    expect(ids({ text: 'index missing' })).toEqual([]);
    expect(ids({ text: '  ' }).sort()).toEqual(['a', 'b']);
  });

  it('finds a run by any word of its notes', () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => /^\S+$/.test(text));
    keep('a');
    keep('b');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        history.edits.note('a', { notes: words.join(' ') });
        for (const text of words) if (runFilterSchema.safeParse({ text }).success) expect(ids({ text })).toContain('a');
      }),
      { numRuns: 100 },
    );
  });
});
