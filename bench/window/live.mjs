// A run at 10,000 req/s for two minutes in the window: what it costs the renderer, and whether anything is left out.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printTable } from '../table.ts';
import { openWindow } from './openWindow.mjs';
import { watchRun } from './watchRun.mjs';

const rate = 10_000;
const seconds = 120;

const scenario = {
  schema: 'proofload.scenario/1',
  id: 'bench-live',
  name: 'Live',
  load: { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, preAllocatedVUs: 100, maxVUs: 2_000 },
  warmup: '3s',
  operations: { read: 100 },
};

export async function live(dataFolder) {
  mkdirSync(join(dataFolder, 'scenarios'), { recursive: true });
  writeFileSync(join(dataFolder, 'scenarios', 'bench-live.json'), JSON.stringify(scenario));
  const window = await openWindow(dataFolder);
  const seen = await watchRun(window, { scenario: 'bench-live', target: { kind: 'engine', engine: 'memory' } });
  await window.close();
  const { document, ticks, longTasks, tasksAfter, cpu, loadedSeconds } = seen;
  const distrusted = document.trust.filter(({ ok }) => !ok).map(({ message }) => message);
  const share = (type) => `${((100 * cpu[type]) / loadedSeconds).toFixed(1)} % of a core`;
  process.stdout.write(`${rate} req/s for ${seconds} s, live in the window:\n\n`);
  printTable(
    ['what', 'was'],
    [
      ['requests', `${document.metrics.http_reqs.count}, ${document.metrics.http_reqs.rate.toFixed(0)} req/s`],
      ['dropped iterations', document.metrics.dropped_iterations.count],
      ['verdict', [document.verdict, ...distrusted].join(': ')],
      ['ticks in the window', `${ticks.count} of ${ticks.expected}, longest step ${ticks.longestStepMs.toFixed(0)} ms`],
      [
        'tasks over 50 ms after the first second',
        [
          longTasks.length,
          ...longTasks.map(({ atS, duration }) => `${duration.toFixed(0)} ms at ${atS.toFixed(0)} s`),
        ].join(', '),
      ],
      [
        'tasks over 50 ms after the load: the report',
        [tasksAfter.length, ...tasksAfter.map((duration) => `${duration.toFixed(0)} ms`)].join(', '),
      ],
      ['renderer', share('renderer')],
      ['drawing process (GPU)', share('GPU')],
      ['main process', share('browser')],
    ],
  );
}
