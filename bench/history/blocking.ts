/*
 * How long the window's main process stands still for what is asked of a history: when it does the work itself, and as
 * the window has it done. The history is the one of fill.ts; it is changed, and not to be used again.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { compareRuns } from '../../electron/app/comparison/compareRuns';
import { keepRead } from '../../electron/app/importing/importRuns';
import { gateFor } from '../../electron/app/runs/gate';
import { replayOf } from '../../electron/app/runs/replay';
import { keepSampleRun } from '../../electron/app/runs/sampleRun';
import type { HistoryStore } from '../../electron/history/historyStore';
import { openHistory } from '../../electron/history/openHistory';
import { packSecond } from '../../electron/history/runSeconds';
import { HistoryWork } from '../../electron/historyProcess/historyWork';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import { latencyHeatmap } from '../../electron/measure/latencyHeatmap';
import { readFileSchema } from '../../electron/reading/protocol';
import { exportStored } from '../../electron/report/exporters/exportStored';
import { recoverRuns } from '../../electron/run/recoverRuns';
import { engineConfig } from '../../shared/engines/config';
import { runFormats } from '../../shared/interchange/formats';
import { medianOf } from '../../shared/statistics/medianOf';
import { description, histogramOfMs, level, runInterval } from '../../tests/support/factories';
import { printTable } from '../table';

const [folder = '', appFolder = ''] = process.argv.slice(2);
const sample = join(appFolder, 'resources', 'sample-run.json');

type Work = () => unknown;

/** The longest time, in ms, in which no other callback could be called while some work was done. */
async function longestPauseMs(work: Work): Promise<number> {
  let lastMs = performance.now();
  let longestMs = 0;
  const turn = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  const turning = setInterval(turn, 1);
  await work();
  turn();
  clearInterval(turning);
  return longestMs;
}

/** The median and the longest pause of some work, and how long it takes, in ms. */
async function timed(work: Work, times: number): Promise<string[]> {
  const pausesMs: number[] = [];
  const startedMs = performance.now();
  for (let time = 0; time < times; time += 1) pausesMs.push(await longestPauseMs(work));
  const tookMs = (performance.now() - startedMs) / times;
  return [medianOf(pausesMs), Math.max(...pausesMs), tookMs].map((ms) => ms.toFixed(ms < 10 ? 1 : 0));
}

const rows: string[][] = [];

/** Measures work of the main process, and the same as the window has it done where that is elsewhere. */
async function measure(name: string, inMain: Work, elsewhere?: Work, times = 5): Promise<void> {
  rows.push([name, ...(await timed(inMain, times)), ...(elsewhere ? await timed(elsewhere, times) : ['', '', ''])]);
}

async function readIt(history: HistoryStore, work: HistoryWork): Promise<void> {
  const total = history.count({});
  const six = history.list({ limit: 6 }).map(({ id }) => id);
  const hours = history.list({ limit: 6, offset: total - 6 }).map(({ id }) => id);
  const rowsOf = (filter: Parameters<typeof history.count>[0]) => () => {
    history.count(filter);
    history.list({ ...filter, limit: 80 });
  };
  await measure('list: its length and the first 80 rows', rowsOf({}));
  await measure('list: a page in the middle', () => history.list({ offset: total >> 1, limit: 80 }));
  await measure('filter by level and engine', rowsOf({ scenarioId: 'level-2', target: 'sqlite' }));
  await measure('search for three words', rowsOf({ text: 'index cache 7' }));
  await measure('trend: 500 runs', () => history.list({ limit: 500 }));
  await measure('what there is to filter by', () => history.facets());
  await measure('the gate of a level', () =>
    gateFor(history, { scenario: level('level-2'), target: engineConfig('sqlite') }),
  );
  await measure(
    'what a size limit would remove',
    () => history.budget.forecast(2 ** 20),
    () => work.forecast(2 ** 20),
  );
  await measure('recent runs in the menu', () => history.list({ limit: 10 }));
  for (const [length, [id = '']] of [
    ['two minutes', six],
    ['an hour', hours],
  ] as const) {
    await measure(
      `open a run of ${length}`,
      () => history.stored(id),
      () => work.stored(id),
    );
    await measure(
      `heatmap of a run of ${length}`,
      () => latencyHeatmap(history.responseHistograms(id)),
      () => work.heat(id),
    );
    await measure(
      `replay of a run of ${length}`,
      () => replayOf(history, history.document(id)),
      () => work.replay(id),
      3,
    );
    for (const format of runFormats)
      await measure(
        `export a run of ${length}: ${format}`,
        () => exportStored(history, id, format),
        () => work.export(id, format),
        3,
      );
  }
  await measure(
    'compare six runs of two minutes',
    () => compareRuns(history, six),
    () => work.compare(six),
  );
  await measure(
    'compare six runs of an hour',
    () => compareRuns(history, hours),
    () => work.compare(hours),
    1,
  );
}

async function changeIt(history: HistoryStore, work: HistoryWork): Promise<void> {
  const now = new Date();
  const newest = history.list({ limit: 500 }).map(({ id }) => id);
  const [run = ''] = newest;
  await measure('a note on a run', () => history.edits.note(run, { notes: 'measured' }));
  await measure('a tag on 500 runs', () => history.edits.tag(newest, 'measured', true));
  await measure('a tag taken from 500 runs', () => history.edits.tag(newest, 'measured', false));
  await measure('delete 500 runs', () => history.edits.delete(newest, now), undefined, 1);
  await measure('undo that', () => history.edits.restore(newest), undefined, 1);
  const [oldest = ''] = history.list({ limit: 1, offset: history.count({}) - 1 }).map(({ id }) => id);
  for (const [length, id, first, second] of [
    ['two minutes', run, '20300101-000000-000001', '20300101-000000-000002'],
    ['an hour', oldest, '20300101-000000-000003', '20300101-000000-000004'],
  ] as const) {
    const read = (copy: string) => ({
      file: 'run.json',
      content: { kind: 'run', document: { ...history.document(id), id: copy } },
    });
    const received: unknown = read(first);
    const json = JSON.stringify(read(second));
    await measure(
      `import a run of ${length}`,
      () => keepRead(history, readFileSchema.parse(structuredClone(received)), now),
      () => work.keepRead({ json }),
      1,
    );
  }
  await measure(
    'open the sample run for the first time',
    () => history.discard(keepSampleRun(sample, folder, history)),
    () => work.keepSample(sample),
    1,
  );
  /** A run of an hour that nobody has finished. */
  const leaveBehind = (id: string): void => {
    history.begin(description({ id }));
    for (let t = 1; t <= 3_600; t += 1) {
      const none = new Map();
      const response = new Map(['read', 'query', 'update', 'insert'].map((name) => [name, histogramOfMs(1, 2, 9)]));
      const service = histogramOfMs(1, 2, 9);
      const interval = runInterval({ t, count: 200, rate: 200 });
      history.append(id, [
        packSecond({
          interval,
          response,
          service,
          lateness: service,
          stages: none,
          phases: none,
          serverTiming: none,
          parts: none,
        }),
      ]);
    }
  };
  leaveBehind('20300101-000000-000005');
  await measure(
    'recover a run of an hour of a process that was killed',
    () => {
      recoverRuns(history, join(folder, 'work'));
    },
    undefined,
    1,
  );
  leaveBehind('20300101-000000-000006');
  // This process has just made the seconds of that run, and would collect their garbage during the measurement.
  await setTimeout(3_000);
  await measure('the same, elsewhere', () => work.recover(), undefined, 1);
  const copies = [join(folder, 'copy-1.sqlite'), join(folder, 'copy-2.sqlite')] as const;
  await measure(
    'backup',
    () => history.backup(copies[0]),
    () => work.backup(copies[1]),
    1,
  );
  for (const copy of copies) rmSync(copy);
  let cleaned: readonly string[] = [];
  await measure(
    'delete what is older than a year',
    () => {
      cleaned = history.edits.retain(365, now);
      history.edits.restore(cleaned);
    },
    () => work.retain(365),
    1,
  );
  history.edits.restore(cleaned);
  const due = new Date(now.getTime() - 2 * 60 * 60 * 1_000);
  const deleteBefore = (runs: readonly string[]): number => history.edits.delete(runs, due);
  deleteBefore(cleaned.slice(0, 500));
  await measure(
    'forget 500 runs that were deleted an hour ago',
    () => {
      history.edits.purge(now);
      deleteBefore(cleaned.slice(500, 1_000));
    },
    () => work.purge(),
    1,
  );
  await measure(
    'compact (VACUUM)',
    () => history.compact(),
    () => work.compact(),
    1,
  );
}

await measure('open the history', () => openHistory(folder).close());
const history = openHistory(folder);
const work = new HistoryWork(childProcessHost(join(appFolder, 'out', 'main')), folder);
work.prepare();
await readIt(history, work);
await changeIt(history, work);
work.close();
history.close();
printTable(
  [
    'what',
    'in main: blocked, median, ms',
    'longest',
    'done after',
    'elsewhere: blocked, median, ms',
    'longest',
    'done after',
  ],
  rows,
);
