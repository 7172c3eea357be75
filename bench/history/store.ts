/* Times what the History screen asks of the store, over the runs of fill.ts. */

import { compareRuns } from '../../electron/app/comparison/compareRuns';
import { openHistory } from '../../electron/history/openHistory';
import { medianOf } from '../../shared/statistics/medianOf';
import { printTable } from '../table';

const [folder = ''] = process.argv.slice(2);

/** The median and the longest of repeated work, in ms. */
function timed(work: () => void, times = 21): [string, string] {
  const tookMs: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const startedMs = performance.now();
    work();
    tookMs.push(performance.now() - startedMs);
  }
  return [medianOf(tookMs).toFixed(1), Math.max(...tookMs).toFixed(1)];
}

const history = openHistory(folder);
const count = history.count({});
/** What a search asks for: the number of runs, and the first rows with the trend. */
const screen = (filter: Parameters<typeof history.count>[0]): void => {
  history.count(filter);
  history.list({ ...filter, limit: 500 });
};
const [newest] = history.list({ limit: 1 });
const six = history.list({ limit: 6 }).map(({ id }) => id);
const rows = [
  [
    'open the store and the list',
    ...timed(() => {
      const another = openHistory(folder);
      another.count({});
      another.list({ limit: 500 });
      another.facets();
      another.close();
    }),
  ],
  ['the list, without a filter', ...timed(() => screen({}))],
  ['search: one word', ...timed(() => screen({ text: 'upgrade' }))],
  ['search: three words in notes', ...timed(() => screen({ text: 'index cache 7' }))],
  ['search: nothing is found', ...timed(() => screen({ text: 'zzzz' }))],
  ['level and engine', ...timed(() => screen({ scenarioId: 'level-2', target: 'sqlite' }))],
  ['verdict', ...timed(() => screen({ verdict: 'failed' }))],
  ['tag', ...timed(() => screen({ tag: 'nightly' }))],
  ['days and machine', ...timed(() => screen({ from: '2024-06-01', to: '2024-06-30', machine: facetMachine() }))],
  ['a page in the middle', ...timed(() => void history.list({ offset: Math.floor(count / 2), limit: 200 }))],
  ['open a run', ...timed(() => void history.document(newest?.id ?? ''))],
  ['compare six runs, with heatmaps', ...timed(() => void compareRuns(history, six), 5)],
];
function facetMachine(): string | undefined {
  return history.facets().machines[0]?.value;
}
history.close();
printTable(['what', 'median, ms', 'longest, ms'], rows);
