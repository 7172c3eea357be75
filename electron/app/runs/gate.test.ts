import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import type { RunDocument } from '../../../shared/run/document';
import type { ScenarioOverrides } from '../../../shared/scenario/overrides';
import { description, level, runDocument } from '../../../tests/support/factories';
import type { HistoryStore } from '../../history/historyStore';
import { openHistory } from '../../history/openHistory';
import { gateFor } from './gate';
import { prepareRun } from './prepareRun';

let folder: string;
let history: HistoryStore;
let clock = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-gate-'));
  history = openHistory(folder);
});
afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true });
});

const target = engineConfig('memory');
const { metrics } = runDocument();
const fast = { ...metrics, http_req_duration: { ...metrics.http_req_duration, count: 1_000, p95: 20 } };

function gateTo(id: Parameters<typeof level>[0]) {
  return gateFor(history, { scenario: level(id), target });
}

/** Saves a passed run of level 1 with a P95 of 20 ms, made from user input. */
function keepRun(overrides: ScenarioOverrides, changes: Partial<RunDocument> = {}): void {
  clock += 1_000;
  const wish = { scenario: level('level-1'), target, ...overrides };
  const { id, scenario, shortened, overridden } = prepareRun(wish, new Date(clock));
  const marks = { id, scenario, target, startedAt: new Date(clock).toISOString(), shortened, overridden };
  const gate = changes.gate ? { gate: changes.gate } : {};
  history.begin(description({ ...marks, ...gate }));
  history.finish(runDocument({ ...marks, verdict: 'passed', metrics: fast, ...changes }));
}

it('opens to a run of the level below as it is, and stays open after runs that do not count', () => {
  keepRun({ duration: '2s' });
  expect(gateTo('level-2').reason).toContain('the last one was shortened');
  keepRun({ vus: 1 });
  expect(gateTo('level-2').reason).toContain('overrode parts of the level');
  keepRun({ thresholds: [['http_req_duration', 'p(99)<500']] });
  expect(gateTo('level-2').open).toBe(false);
  keepRun({}, { gate: { open: false, reason: 'Requires more.' } });
  expect(gateTo('level-2').reason).toContain('while its level was locked');
  keepRun({});
  expect(gateTo('level-2')).toEqual({ open: true, reason: null });
  keepRun({ duration: '2s' });
  keepRun({}, { verdict: 'inconclusive' });
  expect(gateTo('level-2')).toEqual({ open: true, reason: null });
});

it('opens to a run that is longer', () => {
  keepRun({ duration: '10m' });
  expect(gateTo('level-2').open).toBe(true);
});

it('looks at up to where P95 may be, where the document says it', () => {
  const judged = { metric: 'http_req_duration', value: 20, ok: true };
  keepRun({}, { thresholds: [{ ...judged, expression: 'p(95)<50', low: 20, high: 120 }] });
  expect(gateTo('level-2').reason).toContain('may be up to 120 ms');
  keepRun({}, { thresholds: [{ ...judged, expression: 'p(95)<50', low: 0, high: null }] });
  expect(gateTo('level-2').reason).toContain('its upper bound is unknown');
  keepRun({}, { thresholds: [{ ...judged, expression: 'p(99)<100', low: 20, high: 300 }] });
  expect(gateTo('level-2').open).toBe(true);
});

it('stays shut when requests failed, however fast the others were', () => {
  keepRun({}, { verdict: 'failed', metrics: { ...fast, http_req_failed: { count: 800, rate: 0.8 } } });
  expect(gateTo('level-2').reason).toMatch(/80(\.0)? % of its requests failed/);
});
