// A server that stands still for 2 s in 20 s: what do the tools say?
import { ms, printTable } from '../table.ts';
import { has, proofload, run, scenarioFile, withServer } from './tools.mjs';

const seconds = 20;
const serverArgs = ['--freeze', '2000', '--after', '9000'];
const asMs = (values) => values.map((value) => (Number.isFinite(value) ? ms(value) : '-'));

/** Of n arrivals evenly spread, a tenth waits for what is left of 2 s. */
const exact = [0, 1_000, 1_800, 1_980];

const tools = {
  proofload: async (url, rate) => {
    // As many connections as requests come in the 2 s: new ones would wait in the frozen server's backlog.
    const load = { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, preAllocatedVUs: rate * 2 + 50 };
    const file = scenarioFile(load, { warmup: '0s' });
    const { document } = await proofload(['run', file, '--url', url]);
    const { p50, p95, p99, p99_9 } = document.metrics.http_req_duration;
    return [p50, p95, p99, p99_9];
  },
  'autocannon -R': async (url, rate) => {
    const args = ['-c', '10', '-d', String(seconds), '-R', String(rate), '-j', url];
    const { latency } = JSON.parse(await run([], process.execPath, ['node_modules/autocannon/autocannon.js', ...args]));
    return [latency.p50, Number.NaN, latency.p99, latency.p99_9];
  },
  'hey -q': async (url, rate) => {
    const args = ['-z', `${seconds}s`, '-c', '10', '-q', String(rate / 10), url];
    const text = await run([], 'hey', args);
    const at = (percent) => 1000 * Number(new RegExp(`${percent}% in ([\\d.]+) secs`).exec(text)?.[1]);
    return [at(50), at(95), at(99), Number.NaN];
  },
  'wrk (no rate)': async (url) => {
    const text = await run([], 'wrk', ['-t1', '-c10', `-d${seconds}s`, '--latency', url]);
    const at = (percent) => {
      const [, value, unit] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(text) ?? [];
      return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit ?? 'ms'];
    };
    return [at(50), Number.NaN, at(99), Number.NaN];
  },
};

export async function frozen() {
  const rows = [];
  for (const rate of [100, 500]) {
    rows.push([`${rate} req/s`, 'the exact answer', ...asMs(exact), '']);
    for (const [name, measure] of Object.entries(tools)) {
      if (['hey', 'wrk'].includes(name.split(' ')[0]) && !has(name.split(' ')[0])) continue;
      const found = await withServer('rawServer.mjs', serverArgs, (url) => measure(url, rate));
      const errors = found.slice(1).map((value, index) => Math.abs(value / exact[index + 1] - 1));
      const worst = Math.max(...errors.filter((error) => Number.isFinite(error)));
      rows.push(['', name, ...asMs(found), `${(100 * worst).toFixed(1)} %`]);
    }
  }
  process.stdout.write('A server that answers at once and stands still for 2 s in 20 s (ms):\n\n');
  printTable(['load', 'tool', 'P50', 'P95', 'P99', 'P99.9', 'worst error'], rows);
}
