// Does the load engine measure what a server of known behaviour does?
import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { proofload } from './proofload.mjs';
import { ms, printTable } from './table.ts';

async function withServer(args, use) {
  const child = fork(resolve(import.meta.dirname, 'server.mjs'), args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const url = await new Promise((found) => child.stdout.once('data', (chunk) => found(String(chunk).trim())));
  const result = await use(url);
  child.kill();
  return result;
}

async function fixedDelay() {
  const rows = [];
  for (const [rate, seconds] of [
    [10, 30],
    [100, 20],
    [1000, 20],
  ]) {
    const { document } = await withServer(['--delay', '50'], (url) =>
      proofload('level-0', '--url', url, '--rate', String(rate), '--duration', `${seconds}s`),
    );
    const { http_req_duration: response, send_lateness: lateness, http_reqs } = document.metrics;
    rows.push([rate, rate * seconds, http_reqs.count, ms(response.p50), ms(response.p99), ms(lateness.p99)]);
  }
  process.stdout.write('A server that answers after 50 ms (response time in ms):\n\n');
  printTable(['req/s', 'asked', 'count', 'P50', 'P99', 'lateness P99'], rows);
}

async function frozenOnce() {
  const { document } = await withServer(['--delay', '2', '--freeze', '2000', '--after', '9000'], (url) =>
    proofload('level-0', '--url', url, '--rate', '100', '--duration', '20s'),
  );
  const { p50, p95, p99, p99_9 } = document.metrics.http_req_duration;
  process.stdout.write(
    'A server of 2 ms, frozen once for 2 s, 20 s at 100 req/s (ms; the open model says 2, 1,002, 1,802, 1,982):\n\n',
  );
  printTable(['P50', 'P95', 'P99', 'P99.9'], [[p50, p95, p99, p99_9].map(ms)]);
}

await fixedDelay();
await frozenOnce();
