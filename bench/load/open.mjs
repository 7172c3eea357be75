// Open loop: the highest rate that is sent on time, beside what wrk's closed loop reaches.
import { printTable } from '../table.ts';
import { generatorCore, startNginx } from './nginx.mjs';
import { has, median, proofload, run, scenarioFile } from './tools.mjs';

const rounds = 3;
const seconds = 5;
const shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

async function wrk(url) {
  const text = await run(generatorCore, 'wrk', ['-t1', '-c10', '-d4s', url]);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(text)?.[1] ?? Number.NaN);
}

async function openLoop(url, rate) {
  const load = { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, preAllocatedVUs: 500 };
  const { document } = await proofload(['run', scenarioFile(load), '--url', url]);
  const { send_lateness: lateness, http_reqs: requests, dropped_iterations: dropped } = document.metrics;
  return { rate: requests.rate, p99: lateness.p99, dropped: dropped?.count ?? 0 };
}

export async function open() {
  if (!has('nginx') || !has('taskset') || !has('wrk')) {
    process.stdout.write('open loop: needs nginx, wrk and taskset (apt-get install nginx-light wrk)\n\n');
    return;
  }
  const nginx = await startNginx();
  const closed = [];
  const found = shares.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    closed.push(await wrk(nginx.url));
    for (const [index, share] of shares.entries())
      found[index].push(await openLoop(nginx.url, Math.round(share * closed[round])));
  }
  nginx.end();
  process.stdout.write(
    `Open loop against nginx, ${rounds} rounds of ${seconds} s each; wrk's closed loop with 10 connections: ${Math.round(median(closed))} req/s\n\n`,
  );
  printTable(
    ['asked, of wrk', 'sent req/s', 'lateness P99 ms, by round', 'dropped'],
    shares.map((share, index) => [
      share.toFixed(1),
      Math.round(median(found[index].map(({ rate }) => rate))),
      found[index].map(({ p99 }) => p99).join(', '),
      found[index].reduce((sum, { dropped }) => sum + dropped, 0),
    ]),
  );
}
