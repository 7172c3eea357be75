/* Fills a data folder with generated runs, as large as real ones, and times what the History screen asks of the store. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { compareRuns } from '../../electron/app/comparison/compareRuns';
import { encodeHdr } from '../../electron/hdr/hdrCodec';
import { openHistory } from '../../electron/history/openHistory';
import { packSecond } from '../../electron/history/runSeconds';
import { engineConfig } from '../../shared/engines/config';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { medianOf } from '../../shared/statistics/medianOf';
import { seededRandom } from '../../shared/statistics/random';
import { description, environment, level, runDocument, runInterval } from '../../tests/support/factories';
import { printTable } from '../table';

const [folder = '', countText = '10000'] = process.argv.slice(2);
const count = Number(countText);
const random = seededRandom(1);
const engines = ['memory', 'sqlite', 'sqlite-json', 'hybrid'] as const;
const verdicts = ['passed', 'failed', 'inconclusive'] as const;
const seconds = 30;

function latencies(requests: number): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (let request = 0; request < requests; request += 1) histogram.record(-Math.log(1 - random()) * 1_500);
  return histogram;
}

function pick<T>(items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** The distributions are drawn once: making 1.2 million of them is not what is measured. */
const drawn = Array.from({ length: 64 }, () => latencies(150));
const whole = encodeHdr(latencies(6_000));
const parts = { network: 0.1, 'server.loop': 0.1, 'server.cache': 0.01, 'server.fetch': 0.2, 'server.handler': 0.1 };
const words = ['index', 'cache', 'before', 'after', 'release', 'nightly', 'disk', 'upgrade'];

function fill(): void {
  const history = openHistory(folder);
  const startMs = Date.UTC(2024, 0, 1);
  for (let index = 0; index < count; index += 1) {
    const startedAt = new Date(startMs + index * 3_600_000).toISOString();
    const id = `${startedAt.slice(0, 10).replaceAll('-', '')}-${startedAt.slice(11, 19).replaceAll(':', '')}-${String(index).padStart(6, '0')}`;
    const target = engineConfig(pick(engines) ?? 'memory');
    const scenario = level(pick(['level-0', 'level-1', 'level-2', 'level-3'] as const) ?? 'level-2');
    const machine = { ...environment, cpu: `processor ${index % 3}` };
    const run = description({ id, startedAt, target, scenario, environment: machine });
    history.begin(run);
    const intervals = Array.from({ length: seconds }, (_, second) =>
      runInterval({ t: second + 1, count: 200, rate: 200, p50: 1.1, p95: 4.2 + random(), p99: 7.1, max: 12, parts }),
    );
    for (const interval of intervals) {
      history.append(id, [
        packSecond({
          interval,
          response: new Map(['read', 'query', 'update', 'insert'].map((name) => [name, pick(drawn) ?? latencies(1)])),
          service: pick(drawn) ?? latencies(1),
          lateness: pick(drawn) ?? latencies(1),
          stages: new Map(),
          phases: new Map(),
          serverTiming: new Map(),
          parts: new Map(),
        }),
      ]);
    }
    const latency = {
      count: 6_000,
      min: 0.1,
      mean: 1.5,
      p50: 1.1,
      p90: 3.4,
      p95: 4 + random(),
      p99: 7,
      p99_9: 10,
      max: 14,
    };
    const document = runDocument({ id, startedAt, target, scenario, environment: machine });
    history.finish({
      ...document,
      verdict: pick(verdicts) ?? 'passed',
      metrics: { ...document.metrics, http_req_duration: latency, http_reqs: { count: 6_000, rate: 200 } },
      intervals,
      histograms: { http_req_duration: whole, http_req_service: whole, send_lateness: whole },
    });
    if (index % 5 === 0) history.edits.tag([id], pick(words) ?? 'nightly', true);
    if (index % 7 === 0) history.edits.note(id, { notes: `${pick(words)} ${pick(words)} ${index}` });
    if (index > 0 && index % 1_000 === 0) process.stderr.write(`${index} runs\n`);
  }
  history.close();
}

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

fill();
const history = openHistory(folder);
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
  return history.facets().machines[0];
}
history.close();
const bytes = statSync(join(folder, 'history.sqlite')).size;
process.stdout.write(
  `${count} runs of ${seconds} s with four operations: ${(bytes / 2 ** 20).toFixed(0)} MB on disk, ${(bytes / count / 1_024).toFixed(1)} KB each\n\n`,
);
printTable(['what', 'median, ms', 'longest, ms'], rows);
