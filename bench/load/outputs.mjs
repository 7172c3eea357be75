// What the outputs of a run cost at 10,000 req/s: processor time of the coordinating process, which makes them, and of
// the load process, which must not notice.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { printTable } from '../table.ts';
import { loadProcessOf, median, proofload, scenarioFile, withServer } from './tools.mjs';

const rounds = 5;
const seconds = 30;
const load = { executor: 'constant-arrival-rate', rate: 10_000, duration: `${seconds}s`, preAllocatedVUs: 200 };
const sampleMs = 200;
/** More often than Prometheus is asked to, so that the cost shows. */
const scrapeMs = 1_000;
const ticksPerSecond = 100;

/** The processor time that a process has used, in seconds (Linux, proc(5): utime and stime). */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function freePort() {
  return new Promise((found) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Makes a run and resolves with what it cost; the last sample stands for the whole. */
async function measure(args, port) {
  const used = { coordinator: 0, load: 0 };
  let timers = [];
  const { document } = await proofload(args, {
    onStart: ({ pid }) => {
      const sample = () => {
        try {
          used.coordinator = processorSeconds(pid);
          used.load = processorSeconds(loadProcessOf(pid));
        } catch {
          // The load process is not there yet, or no longer.
        }
      };
      const scrape = () =>
        fetch(`http://127.0.0.1:${port}/metrics`)
          .then((response) => response.text())
          .catch(() => {});
      timers = [setInterval(sample, sampleMs), ...(port === undefined ? [] : [setInterval(scrape, scrapeMs)])];
    },
  });
  for (const timer of timers) clearInterval(timer);
  const { send_lateness: lateness, http_reqs: reqs, dropped_iterations: dropped } = document.metrics;
  return { ...used, rate: reqs.rate, latenessP99: lateness.p99, dropped: dropped.count };
}

const kinds = ['none', 'Prometheus', 'OTLP', 'both'];

/** A run with outputs of a kind. */
async function runWith(kind, file, url, sink) {
  const port = kind === 'Prometheus' || kind === 'both' ? await freePort() : undefined;
  const prometheus = port === undefined ? [] : ['--prometheus-port', String(port)];
  const otlp = kind === 'OTLP' || kind === 'both' ? ['--otlp', sink] : [];
  return measure(['run', file, '--url', url, ...prometheus, ...otlp], port);
}

export async function outputs() {
  const file = scenarioFile(load);
  const results = Object.fromEntries(kinds.map((kind) => [kind, []]));
  await withServer('rawServer.mjs', [], (url) =>
    withServer('otlpSink.mjs', [], async (sink) => {
      for (let round = 0; round < rounds; round += 1)
        for (const kind of round % 2 === 0 ? kinds : kinds.toReversed())
          results[kind].push(await runWith(kind, file, url, sink));
    }),
  );
  const of = (kind, field) => median(results[kind].map((result) => result[field]));
  const moreThanNone = ({ coordinator }, round) =>
    (coordinator - results.none[round].coordinator) / results.none[round].load;
  process.stdout.write(
    `Outputs at 10,000 req/s, ${rounds} rounds of ${seconds} s in turns; scraped every ${scrapeMs / 1_000} s, delivered every 5 s:\n\n`,
  );
  printTable(
    [
      'output',
      'coordinator s',
      'generator s',
      '% of the generator more than none',
      'req/s',
      'lateness P99 ms',
      'dropped',
    ],
    kinds.map((kind) => [
      kind,
      of(kind, 'coordinator').toFixed(2),
      of(kind, 'load').toFixed(2),
      (median(results[kind].map(moreThanNone)) * 100).toFixed(1),
      Math.round(of(kind, 'rate')),
      of(kind, 'latenessP99'),
      of(kind, 'dropped'),
    ]),
  );
}
