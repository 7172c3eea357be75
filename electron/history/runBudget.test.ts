import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { histogramOfMs, runDocument } from '../../tests/support/factories';
import type { HistoryStore } from './historyStore';
import { openHistory } from './openHistory';

/** Latencies that look like no others. */
function latenciesOf(second: number): number[] {
  return Array.from({ length: 20 }, (_, request) => ((second * 7_919 + request * 104_729) % 99_991) / 100);
}

const responses = Array.from({ length: 400 }, (_, second) => ({
  t: second + 1,
  operation: 'read',
  histogram: histogramOfMs(...latenciesOf(second)).toSparse(),
}));

describe('the size that a history is held to', () => {
  let folder: string;
  let history: HistoryStore;
  const ids = Array.from({ length: 12 }, (_, index) => `run-${String(index).padStart(2, '0')}`);
  const has = (id: string): boolean => history.responseHistograms(id).length > 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-budget-'));
    history = openHistory(folder);
    for (const [day, id] of ids.entries())
      history.imports.addRun(
        runDocument({ id, startedAt: new Date(Date.UTC(2026, 0, 1 + day)).toISOString() }),
        responses,
      );
    for (let isMore = true; isMore; ) isMore = history.packing.packNext(new Date());
  });
  afterEach(() => {
    history.close();
    rmSync(folder, { recursive: true });
  });

  it('takes the seconds of the oldest runs, as few as it needs, and says of which', () => {
    const { usedBytes } = history.budget;
    expect(history.budget.keepWithin(usedBytes)).toEqual([]);
    const thinned = history.budget.keepWithin(usedBytes - 1);
    expect(thinned).toEqual(['run-00']);
    expect(history.budget.usedBytes).toBeLessThan(usedBytes);
    expect(ids.filter(has)).toEqual(ids.slice(1));
    expect(history.summary('run-00')).toMatchObject({ isThinned: true });
    expect(history.summary('run-01')).toMatchObject({ isThinned: false });
    expect(history.document('run-00').id).toBe('run-00');
    expect(history.budget.thinnedRuns).toBe(1);
  });

  it('never takes those of a pinned run, a baseline or one with a tag, and ends when there is no more to take', () => {
    history.edits.note('run-00', { isPinned: true });
    history.edits.setBaseline('run-01', true);
    history.edits.tag(['run-02'], 'release', true);
    expect(history.budget.keepWithin(1)).toEqual(ids.slice(3));
    expect(ids.filter(has)).toEqual(ids.slice(0, 3));
    expect(history.budget.usedBytes).toBeGreaterThan(1);
    expect(history.count({})).toBe(ids.length);
  });

  it('says before what it would take, and whether that is enough, and takes nothing by that', () => {
    const { usedBytes } = history.budget;
    expect(history.budget.forecast(usedBytes)).toEqual({ runs: 0, isEnough: true });
    expect(history.budget.forecast(usedBytes - 1)).toEqual({ runs: 1, isEnough: true });
    history.edits.note('run-00', { isPinned: true });
    history.edits.tag(['run-02'], 'release', true);
    expect(history.budget.forecast(1)).toEqual({ runs: ids.length - 2, isEnough: false });
    const { runs } = history.budget.forecast(usedBytes - 10_000);
    const thinned = history.budget.keepWithin(usedBytes - 10_000).length;
    expect(runs - thinned).toBeGreaterThanOrEqual(0);
    expect(runs - thinned).toBeLessThanOrEqual(1);
    expect(ids.filter(has)).toHaveLength(ids.length - thinned);
  });
});
