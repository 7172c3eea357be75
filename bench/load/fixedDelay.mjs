// A server that answers after exactly 50 ms.
import { printTable } from '../table.ts';
import { proofload, scenarioFile, withServer } from './tools.mjs';

export async function fixedDelay() {
  const rows = [];
  for (const rate of [10, 100, 1_000, 2_000, 5_000]) {
    const seconds = rate < 100 ? 20 : 10;
    const load = { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, preAllocatedVUs: 400 };
    const { document } = await withServer('rawServer.mjs', ['--delay', '50'], (url) =>
      proofload(['run', scenarioFile(load), '--url', url]),
    );
    const { p50, p99, count } = document.metrics.http_req_duration;
    rows.push([rate, count, p50, (p50 - 50).toFixed(3), p99, document.verdict]);
  }
  process.stdout.write('A server that answers after 50 ms (ms):\n\n');
  printTable(['req/s', 'requests', 'P50', 'P50 - 50', 'P99', 'verdict'], rows);
}
