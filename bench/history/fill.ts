/* Fills a data folder with generated runs, as large as real ones: so many of 30 s, and six of an hour. */

import { encodeHdr } from '../../electron/hdr/hdrCodec';
import type { HistoryStore } from '../../electron/history/historyStore';
import { openHistory } from '../../electron/history/openHistory';
import { packSecond } from '../../electron/history/runSeconds';
import { engineConfig } from '../../shared/engines/config';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { seededRandom } from '../../shared/statistics/random';
import { description, environment, level, runDocument, runInterval } from '../../tests/support/factories';

const [folder = '', countText = '10000'] = process.argv.slice(2);
const count = Number(countText);
const seconds = 30;
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

/** The distributions are drawn once: making 1.2 million of them is not what is measured. */
const drawn = Array.from({ length: 64 }, () => latencies(150));
const whole = encodeHdr(latencies(6_000));
const parts = { network: 0.1, 'server.loop': 0.1, 'server.cache': 0.01, 'server.fetch': 0.2, 'server.handler': 0.1 };
const words = ['index', 'cache', 'before', 'after', 'release', 'nightly', 'disk', 'upgrade'];

function addRun(history: HistoryStore, index: number, lengthS: number): void {
  const startedAt = new Date(firstMs + index * 3_600_000).toISOString();
  const id = `${startedAt.slice(0, 10).replaceAll('-', '')}-${startedAt.slice(11, 19).replaceAll(':', '')}-${String(index).padStart(6, '0')}`;
  const target = engineConfig(pick(engines) ?? 'memory');
  const scenario = level(pick(['level-0', 'level-1', 'level-2', 'level-3'] as const) ?? 'level-2');
  const machine = { ...environment, cpu: `processor ${index % 3}` };
  const run = description({ id, startedAt, target, scenario, environment: machine });
  history.begin(run);
  const intervals = Array.from({ length: lengthS }, (_, second) =>
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
}

const history = openHistory(folder);
// The oldest: what is timed on the newest is timed on runs of the usual length.
for (let index = 0; index < hours; index += 1) addRun(history, index, hourS);
const hoursBytes = history.sizeBytes;
for (let index = hours; index < hours + count; index += 1) {
  addRun(history, index, seconds);
  if (index % 1_000 === 0) process.stderr.write(`${index} runs\n`);
}
const { sizeBytes } = history;
history.close();
process.stdout.write(
  `${count} runs of ${seconds} s with four operations, ${((sizeBytes - hoursBytes) / count / 1_024).toFixed(1)} KB each, and ${hours} of an hour: ${(sizeBytes / 2 ** 20).toFixed(0)} MB on disk\n\n`,
);
