import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryStore } from '../../history/historyStore';
import { openHistory } from '../../history/openHistory';
import { latencyHeatmap } from '../../measure/latencyHeatmap';
import { readProfile } from '../../run/profileStore';
import { gateFor } from './gate';
import { requireLevel } from './levels';
import { keepSampleRun } from './sampleRun';

const file = resolve(import.meta.dirname, '../../../resources/sample-run.json');
let folder: string;
let history: HistoryStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-sample-'));
  history = openHistory(folder);
});
afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true });
});

it('has all that charts are drawn of', () => {
  const id = keepSampleRun(file, folder, history);
  const document = history.document(id);
  expect(document.attribution?.all.slowest_1).not.toBeNull();
  expect(document.profile).toBeDefined();
  expect(readProfile(folder, id).samples.length).toBeGreaterThan(1_000);
  expect(latencyHeatmap(history.responseHistograms(id)).length).toBeGreaterThan(25);
  expect(history.summary(id)).toMatchObject({ tags: ['sample'], origin: 'proofload' });
});

it('opens no level of this machine', () => {
  const id = keepSampleRun(file, folder, history);
  const { target } = history.document(id);
  expect(gateFor(history, { scenario: requireLevel('2'), target }).reason).toContain('level 1 has not been run here');
});

it('is there once, as the user has left it, and comes back after it was deleted', () => {
  const id = keepSampleRun(file, folder, history);
  history.edits.note(id, { name: 'Mine' });
  history.edits.delete([id], new Date());
  expect(keepSampleRun(file, folder, history)).toBe(id);
  expect(history.list({ limit: 10 })).toMatchObject([{ id, name: 'Mine' }]);
});

it('says so when it cannot be read, and keeps nothing', () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"document":');
  for (const path of [broken, join(folder, 'none.json')])
    expect(() => keepSampleRun(path, folder, history)).toThrow(expect.objectContaining({ code: 'import-failed' }));
  expect(history.count({})).toBe(0);
});
