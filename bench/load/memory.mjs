// Ten minutes at 5,000 req/s: does the load process grow?
import { readFileSync } from 'node:fs';
import { printTable } from '../table.ts';
import { loadProcessOf, median, proofload, scenarioFile, withServer } from './tools.mjs';

const minutes = 10;
const sampleMs = 5_000;

export async function memory() {
  const load = { executor: 'constant-arrival-rate', rate: 5_000, duration: `${minutes}m`, preAllocatedVUs: 100 };
  const samples = [];
  let timer;
  const { document } = await withServer('rawServer.mjs', [], (url) =>
    proofload(['run', scenarioFile(load), '--url', url], {
      onStart: (child) => {
        const begunMs = performance.now();
        timer = setInterval(() => {
          try {
            const status = readFileSync(`/proc/${loadProcessOf(child.pid)}/status`, 'utf8');
            const rssMb = Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) / 1024;
            samples.push({ minute: (performance.now() - begunMs) / 60_000, rssMb });
          } catch {
            // The load process is not there yet, or no longer.
          }
        }, sampleMs);
      },
    }),
  );
  clearInterval(timer);
  const rows = Array.from({ length: minutes }, (_, minute) => {
    const within = samples.filter((sample) => Math.floor(sample.minute) === minute).map(({ rssMb }) => rssMb);
    return [minute + 1, within.length > 0 ? median(within).toFixed(1) : '-', Math.max(...within).toFixed(1)];
  });
  const { http_reqs, send_lateness: lateness } = document.metrics;
  process.stdout.write(
    `The load process in ${minutes} minutes at 5,000 req/s (${http_reqs.count} requests, lateness P99 ${lateness.p99} ms, ${document.verdict}):\n\n`,
  );
  printTable(['minute', 'RSS MB (median)', 'RSS MB (max)'], rows);
}
