// The levels side by side on the engines: the report's situation, its way out, and the ratio between them.
import { proofload } from './proofload.mjs';
import { ms, printTable } from './table.ts';

async function measure(level, engine) {
  const { code, document } = await proofload(level, '--engine', engine, '--duration', '30s');
  const { http_reqs, http_req_duration: response, cache_hit } = document.metrics;
  return {
    level,
    engine,
    code,
    verdict: document.verdict,
    count: http_reqs.count,
    rate: http_reqs.rate,
    response,
    cache: cache_hit.rate,
    integrity: document.integrity,
    trust: document.trust,
  };
}

const row = ({ level, engine, verdict, code, count, rate, response, cache, integrity }) => [
  level,
  engine,
  `${verdict} (${code})`,
  count,
  Math.round(rate),
  ms(response.p50),
  ms(response.p95),
  ms(response.p99),
  `${(cache * 100).toFixed(1)} %`,
  `${integrity.acknowledgedWrites} / ${integrity.lostWrites}`,
];

const slow = await measure('level-1', 'sqlite-json');
const fast = await measure('level-1', 'sqlite');
const target = [
  await measure('level-2', 'sqlite'),
  await measure('level-2', 'memory'),
  await measure('level-2', 'sqlite-json'),
];
printTable(
  [
    'level',
    'engine',
    'verdict (exit)',
    'requests',
    'req/s',
    'P50 ms',
    'P95 ms',
    'P99 ms',
    'cache hits',
    'writes / lost',
  ],
  [slow, fast, ...target].map(row),
);
process.stdout.write(
  `level 1, sqlite against sqlite-json: throughput x ${(fast.rate / slow.rate).toFixed(1)}, P95 / ${(slow.response.p95 / fast.response.p95).toFixed(1)}\n`,
);
for (const run of [slow, fast, ...target])
  for (const { ok, message } of run.trust) if (!ok) process.stdout.write(`${run.level} on ${run.engine}: ${message}\n`);
