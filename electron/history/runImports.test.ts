import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { description, importedResult, runDocument } from '../../tests/support/factories';
import { gateFor } from '../app/runs/gate';
import type { HistoryStore } from './historyStore';
import { openHistory } from './openHistory';

describe('runs that were made elsewhere', () => {
  let folder: string;
  let history: HistoryStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-imports-'));
    history = openHistory(folder);
  });
  afterEach(() => {
    history.close();
    rmSync(folder, { recursive: true });
  });

  it('stand in the list with where they are from, and are given back as they were', () => {
    const result = importedResult({ id: 'r-1', subject: 'http://127.0.0.1/<b>' });
    history.imports.addResult(result);
    history.imports.addRun(runDocument({ id: 'r-2', verdict: 'passed' }));
    expect(history.stored('r-1')).toEqual({ kind: 'result', result });
    expect(history.summary('r-1')).toMatchObject({
      verdict: 'imported',
      origin: 'k6',
      name: 'http://127.0.0.1/<b>',
      scenarioName: 'Imported from k6',
      p95Ms: 9.5,
      p99Ms: null,
    });
    expect(history.summary('r-2')).toMatchObject({ verdict: 'passed', origin: 'proofload', name: null });
    expect(history.list({ limit: 10, verdict: 'imported' })).toHaveLength(1);
    expect(history.unfinished()).toEqual([]);
    expect(() => history.document('r-1')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('are refused when they are there already, and nothing changes', () => {
    history.begin(description({ id: 'r-3' }));
    history.finish(runDocument({ id: 'r-3', verdict: 'passed' }));
    expect(() => history.imports.addRun(runDocument({ id: 'r-3', verdict: 'failed' }))).toThrow(
      expect.objectContaining({ code: 'import-failed', hint: expect.stringContaining('--undo r-3') }),
    );
    expect(history.summary('r-3')).toMatchObject({ verdict: 'passed', origin: null });
  });

  it('open no gate here: they were passed on another machine', () => {
    const { scenario, target } = description();
    const before = { ...scenario, id: 'level-1', level: 1 };
    const metrics = runDocument().metrics;
    const fast = { ...metrics, http_req_duration: { ...metrics.http_req_duration, count: 1_000, p95: 1 } };
    history.imports.addRun(runDocument({ id: 'r-4', verdict: 'passed', scenario: before, metrics: fast }));
    expect(gateFor(history, { scenario, target }).open).toBe(false);
    history.begin(description({ id: 'r-5', scenario: before }));
    history.finish(runDocument({ id: 'r-5', verdict: 'passed', scenario: before, metrics: fast }));
    expect(gateFor(history, { scenario, target }).open).toBe(true);
  });
});
