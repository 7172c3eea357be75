import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportFormats } from '../../shared/interchange/formats';
import { description, histogramOfMs, level, runDocument, runInterval } from '../../tests/support/factories';
import { severalScenarios } from '../../tests/support/severalScenarios';
import { compareRuns } from '../app/comparison/compareRuns';
import { replayOf } from '../app/runs/replay';
import { encodeHdr } from '../hdr/hdrCodec';
import type { HistoryStore } from '../history/historyStore';
import { openHistory } from '../history/openHistory';
import { packSecond } from '../history/runSeconds';
import { latencyHeatmap } from '../measure/latencyHeatmap';
import { operationSeconds } from '../measure/operationSeconds';
import {
  compactedSchema,
  type HistoryReport,
  type HistoryTask,
  historyReportSchema,
  importedRunsSchema,
} from './protocol';
import { serveHistory } from './serveHistory';

const sample = resolve(import.meta.dirname, '../../resources/sample-run.json');

describe('the process that works on the history', () => {
  let folder: string;
  let history: HistoryStore;
  /** Sends the process a task, and resolves with its report as the parent receives it. */
  let ask: (task: HistoryTask) => Promise<HistoryReport>;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-history-process-'));
    // The main process of the window has it open as well.
    history = openHistory(folder);
    let tell: (message: unknown) => void = () => {};
    let hear: (report: HistoryReport) => void = () => {};
    serveHistory({
      send: (message) => hear(historyReportSchema.parse(structuredClone(message))),
      onMessage: (handler) => {
        tell = handler;
      },
    });
    ask = (task) =>
      new Promise((done) => {
        hear = done;
        tell(structuredClone({ dataFolder: folder, task }));
      });
  });
  afterEach(() => {
    history.close();
    rmSync(folder, { recursive: true });
  });

  /** The text of the report on a completed task. */
  async function told(task: HistoryTask): Promise<string> {
    const report = await ask(task);
    if (report.type === 'failed') throw new Error(report.error.message);
    return report.text;
  }

  function keepRun(
    id: string,
    scenario = level('level-2'),
    latencies: Readonly<Record<string, number[]>> = { read: [1, 2, 9] },
  ): void {
    const empty = new Map();
    history.begin(description({ id, scenario }));
    history.append(id, [
      packSecond({
        interval: runInterval({ count: 3, rate: 3 }),
        response: new Map(Object.entries(latencies).map(([name, ms]) => [name, histogramOfMs(...ms)] as const)),
        service: histogramOfMs(1),
        lateness: histogramOfMs(1),
        stages: empty,
        phases: empty,
        serverTiming: empty,
        parts: empty,
      }),
    ]);
    const whole = encodeHdr(histogramOfMs(1, 2, 9));
    history.finish(
      runDocument({
        id,
        scenario,
        intervals: [runInterval({ count: 3, rate: 3 })],
        histograms: { http_req_duration: whole, http_req_service: whole, send_lateness: whole },
      }),
    );
  }

  it('tells of runs what the functions tell that the command line calls', async () => {
    keepRun('run-1');
    keepRun('run-2');
    const ids = ['run-1', 'run-2'];
    const document = history.document('run-1');
    expect(JSON.parse(await told({ type: 'stored', id: 'run-1' }))).toEqual({ kind: 'run', document });
    const heat = latencyHeatmap(history.responseHistograms('run-1'));
    expect(heat).toHaveLength(1);
    expect(JSON.parse(await told({ type: 'heat', id: 'run-1' }))).toEqual(heat);
    const operations = operationSeconds(history.responseHistograms('run-1'));
    expect(operations).toMatchObject([{ operation: 'read', seconds: [{ t: 1, count: 3 }] }]);
    expect(JSON.parse(await told({ type: 'operations', id: 'run-1', by: 'operation' }))).toEqual(operations);
    expect(JSON.parse(await told({ type: 'operations', id: 'run-1', by: 'scenario' }))).toEqual([]);
    expect(JSON.parse(await told({ type: 'replay', id: 'run-1' }))).toEqual(replayOf(history, document));
    const comparison = compareRuns(history, ids);
    expect(comparison.runs[0]?.heatmap).not.toBeNull();
    expect(JSON.parse(await told({ type: 'compare', ids }))).toEqual(comparison);
  });

  it('tells of several scenarios of a run second by second, each as the sum of its steps', async () => {
    keepRun('several', severalScenarios(), { look: [1, 2], open: [3], pay: [20] });
    expect(JSON.parse(await told({ type: 'operations', id: 'several', by: 'scenario' }))).toMatchObject([
      { operation: 'browse', seconds: [{ t: 1, count: 3 }] },
      { operation: 'buy', seconds: [{ t: 1, count: 1 }] },
    ]);
  });

  it('writes runs in every format', async () => {
    keepRun('run-1');
    for (const format of exportFormats) expect(await told({ type: 'export', id: 'run-1', format })).not.toBe('');
    expect(JSON.parse(await told({ type: 'export', id: 'run-1', format: 'json' }))).toMatchObject({ id: 'run-1' });
  });

  it('tells what a size limit would remove, and removes nothing', async () => {
    keepRun('run-1');
    await told({ type: 'pack', budgetBytes: null });
    expect(JSON.parse(await told({ type: 'forecast', budgetBytes: 1 }))).toEqual({ runs: 1, isEnough: false });
    expect(JSON.parse(await told({ type: 'forecast', budgetBytes: 2 ** 30 }))).toEqual({ runs: 0, isEnough: true });
    expect(history.responseHistograms('run-1')).not.toEqual([]);
  });

  it('finishes what was left behind', async () => {
    history.begin(description({ id: 'run-1' }));
    await told({ type: 'recover' });
    expect(history.document('run-1').verdict).toBe('interrupted');
  });

  it('packs what has ended', async () => {
    keepRun('run-1');
    keepRun('run-2');
    const heat = latencyHeatmap(history.responseHistograms('run-1'));
    expect(history.packing.due).toBe(2);
    await told({ type: 'pack', budgetBytes: null });
    expect(history.packing.due).toBe(0);
    expect(latencyHeatmap(history.responseHistograms('run-1'))).toEqual(heat);
    await told({ type: 'pack', budgetBytes: 1 });
    expect(history.budget.thinnedRuns).toBe(2);
  });

  it('keeps what others have read, and the sample run', async () => {
    const document = runDocument({ id: '20260101-000000-abcdef' });
    const json = JSON.stringify({ file: 'run.json', content: { kind: 'run', document } });
    const imported = importedRunsSchema.parse(JSON.parse(await told({ type: 'keep-read', json })));
    expect(imported.map(({ id }) => id)).toEqual([document.id]);
    expect(history.document(document.id)).toEqual(document);
    const id = await told({ type: 'keep-sample', file: sample });
    expect(history.summary(id)).toMatchObject({ tags: ['sample'] });
    expect(await ask({ type: 'keep-read', json: '{"file":"x","content":{"kind":"run","document":{}}}' })).toMatchObject(
      {
        type: 'failed',
      },
    );
    expect(history.count({})).toBe(2);
  });

  it('forgets deleted runs, compacts the store and copies it', async () => {
    for (let run = 1; run <= 50; run += 1) keepRun(`run-${run}`);
    const ids = history.list({ limit: 100 }).map(({ id }) => id);
    history.edits.delete(ids.slice(0, 45), new Date(Date.now() - 2 * 60 * 60 * 1_000));
    history.edits.delete(ids.slice(45, 46), new Date());
    expect(history.edits.isPurgeDue(new Date())).toBe(true);
    await told({ type: 'purge' });
    const kept = history.list({ limit: 100 }).map(({ id }) => id);
    expect(JSON.parse(await told({ type: 'retain', days: 1 }))).toEqual(expect.arrayContaining(kept));
    expect(history.count({})).toBe(0);
    expect(history.edits.isPurgeDue(new Date())).toBe(false);
    expect(history.edits.restore(ids)).toBe(5);
    const { beforeBytes, afterBytes } = compactedSchema.parse(JSON.parse(await told({ type: 'compact' })));
    expect(afterBytes).toBeLessThan(beforeBytes);
    const file = join(folder, 'backup.sqlite');
    await told({ type: 'backup', file, mode: 0o640 });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(existsSync(`${file}.unfinished`)).toBe(false);
    expect(await ask({ type: 'backup', file, mode: 0o640 })).toMatchObject({
      type: 'failed',
      error: { code: 'output-unwritable' },
    });
  });

  it('says what is wrong with the code of the error', async () => {
    expect(await ask({ type: 'stored', id: 'nobody' })).toMatchObject({
      type: 'failed',
      error: { code: 'run-not-found', details: { about: 'run' } },
    });
    writeFileSync(join(folder, 'nothing.json'), '{}');
    expect(await ask({ type: 'keep-sample', file: join(folder, 'nothing.json') })).toMatchObject({
      type: 'failed',
      error: { code: 'import-failed' },
    });
  });
});
