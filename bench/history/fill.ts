/* Fills a data folder with generated runs, as large as real ones of level 2: so many of two minutes, and six of an hour. */

import { encodeHdr } from '../../electron/hdr/hdrCodec';
import type { HistoryStore } from '../../electron/history/historyStore';
import { openHistory } from '../../electron/history/openHistory';
import { packSecond } from '../../electron/history/runSeconds';
import { historyFile } from '../../electron/history/storeFiles';
import { openDatabase } from '../../electron/sqlite/openDatabase';
import { engineConfig } from '../../shared/engines/config';
import type { RunInterval } from '../../shared/run/metrics';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { seededRandom } from '../../shared/statistics/random';
import { description, environment, level, runDocument, runInterval } from '../../tests/support/factories';
import { measuredParts } from '../measuredParts';

const [folder = '', countText = '10000'] = process.argv.slice(2);
const count = Number(countText);
const seconds = 120;
/** So many runs are measured second by second and packed; the others have the response times of one of them. */
const wholeRuns = 40;
const hours = 6;
const hourS = 3_600;
const firstMs = Date.UTC(2024, 0, 1);
const random = seededRandom(1);
const engines = ['memory', 'sqlite', 'sqlite-json', 'hybrid'] as const;
const verdicts = ['passed', 'failed', 'inconclusive'] as const;

function latencies(requests: number): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (let request = 0; request < requests; request += 1) histogram.record(-Math.log(1 - random()) * 1_500);
  return histogram;
}

function pick<T>(items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** How many requests of each operation a second of level 2 has. */
const mix = { read: 128, query: 40, update: 24, insert: 8 };
/** The distributions are drawn once: making 60,000 of them is not what is measured. */
const drawn = Object.entries(mix).map(([name, requests]) => ({
  name,
  seconds: Array.from({ length: 400 }, () => latencies(requests)),
}));
const all = Array.from({ length: 64 }, () => latencies(200));
const whole = encodeHdr(latencies(24_000));
const heldNames = ['cache', 'fetch', 'decode', 'write', 'commit', 'serialise'];

/** A value for each name: as many digits as a measured one has. */
function measured(names: readonly string[], digits: number): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, Number((random() / 2).toFixed(digits))]));
}

/** A second with as much in it as one of a measured run. */
function secondOf(t: number): RunInterval {
  const ms = (upTo: number): number => Number((random() * upTo).toFixed(3));
  return runInterval({
    t,
    count: 200,
    rate: 200 + random() / 100,
    p50: ms(1),
    p95: 4.2 + ms(1),
    p99: 7.1 + ms(2),
    max: 12 + ms(20),
    cacheHitRate: 1,
    asked: 200,
    sent: 200,
    cacheLookups: 125 + Math.floor(random() * 10),
    generatorGcMs: ms(10),
    generatorGcMaxMs: ms(1),
    generatorCpuWaitMs: ms(50),
    generatorCpuSlices: 500 + Math.floor(random() * 50),
    generatorUtilisation: Number(random().toFixed(5)),
    targetCpu: Number(random().toFixed(5)),
    targetUtilisation: Number(random().toFixed(5)),
    targetRssMb: 200 + ms(5),
    targetHeapMb: 70 + ms(20),
    targetGcMs: ms(2),
    targetGcMaxMs: ms(1),
    targetCpuWaitMs: ms(40),
    targetLoopDelayMs: ms(5),
    targetWrittenMb: ms(1),
    targetLoopHeldMs: measured(heldNames, 3),
    parts: measured(measuredParts, 4),
  });
}

const words = ['index', 'cache', 'before', 'after', 'release', 'nightly', 'disk', 'upgrade'];

function append(history: HistoryStore, id: string, interval: RunInterval): void {
  history.append(id, [
    packSecond({
      interval,
      response: new Map(drawn.map(({ name, seconds }) => [name, pick(seconds) ?? latencies(1)])),
      service: pick(all) ?? latencies(1),
      lateness: pick(all) ?? latencies(1),
      stages: new Map(),
      phases: new Map(),
      serverTiming: new Map(),
      parts: new Map(),
    }),
  ]);
}

const wholeIds: string[] = [];

function addRun(history: HistoryStore, index: number, lengthS: number): void {
  const startedAt = new Date(firstMs + index * 3_600_000).toISOString();
  const id = `${startedAt.slice(0, 10).replaceAll('-', '')}-${startedAt.slice(11, 19).replaceAll(':', '')}-${String(index).padStart(6, '0')}`;
  const target = engineConfig(pick(engines) ?? 'memory');
  const scenario = level(pick(['level-0', 'level-1', 'level-2', 'level-3'] as const) ?? 'level-2');
  const machine = { ...environment, cpu: `processor ${index % 3}` };
  const run = description({ id, startedAt, target, scenario, environment: machine });
  history.begin(run);
  const intervals = Array.from({ length: lengthS }, (_, second) => secondOf(second + 1));
  const source = index >= hours + wholeRuns ? wholeIds[index % wholeRuns] : undefined;
  if (source === undefined) for (const interval of intervals) append(history, id, interval);
  const latency = {
    count: 24_000,
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
    metrics: { ...document.metrics, http_req_duration: latency, http_reqs: { count: 24_000, rate: 200 } },
    intervals,
    histograms: { http_req_duration: whole, http_req_service: whole, send_lateness: whole },
  });
  if (source === undefined) {
    history.packing.pack(id);
    if (lengthS === seconds) wholeIds.push(id);
  } else {
    copyResponses(source, id);
  }
  if (index % 5 === 0) history.edits.tag([id], pick(words) ?? 'nightly', true);
  if (index % 7 === 0) history.edits.note(id, { notes: `${pick(words)} ${pick(words)} ${index}` });
}

const history = openHistory(folder);
const database = openDatabase(historyFile(folder));
database.pragma('synchronous = OFF');
const copied = database.prepare(
  'INSERT INTO responses (runId, fromT, packed) SELECT @id, fromT, packed FROM responses WHERE runId = @source',
);
const packed = database.prepare('UPDATE runs SET isPacked = 1 WHERE id = @id');

/** Its document stays as it was written at its end, an eighth larger than a packed one. */
function copyResponses(source: string, id: string): void {
  copied.run({ source, id });
  packed.run({ id });
}

// The oldest: what is timed on the newest is timed on runs of the usual length.
for (let index = 0; index < hours; index += 1) addRun(history, index, hourS);
const hoursBytes = history.sizeBytes;
for (let index = hours; index < hours + count; index += 1) {
  addRun(history, index, seconds);
  if (index % 1_000 === 0) process.stderr.write(`${index} runs\n`);
}
const { sizeBytes } = history;
database.close();
history.close();
process.stdout.write(
  `${count} runs of ${seconds} s with four operations, ${((sizeBytes - hoursBytes) / count / 1_024).toFixed(1)} KB each, and ${hours} of an hour: ${(sizeBytes / 2 ** 20).toFixed(0)} MB on disk\n\n`,
);
