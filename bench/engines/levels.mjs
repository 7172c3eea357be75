// Level 1 on every engine.
import { proofload } from '../proofload.mjs';
import { ms, printTable } from '../table.ts';

const mongodb = process.env.TEST_MONGODB_URL;
const engines = ['sqlite-json', 'sqlite', 'hybrid', 'memory', 'postgres', ...(mongodb ? ['mongodb'] : [])];

function urlOf(engine) {
  return engine === 'mongodb' ? ['--database-url', mongodb] : [];
}

export async function levels() {
  const rates = new Map();
  const rows = [];
  for (const engine of engines) {
    const { document } = await proofload('level-1', '--engine', engine, '--duration', '20s', ...urlOf(engine));
    const { http_reqs, http_req_duration: response } = document.metrics;
    rates.set(engine, http_reqs.rate);
    rows.push([
      engine,
      document.backend.name,
      document.verdict,
      Math.round(http_reqs.rate),
      ms(response.p95),
      ms(response.p99),
    ]);
  }
  process.stdout.write('Level 1 (100 virtual users, 20 s) on every engine:\n\n');
  printTable(['engine', 'on', 'verdict', 'req/s', 'P95 ms', 'P99 ms'], rows);
  process.stdout.write(
    `sqlite against sqlite-json: x ${(rates.get('sqlite') / rates.get('sqlite-json')).toFixed(1)}\n`,
  );
}
