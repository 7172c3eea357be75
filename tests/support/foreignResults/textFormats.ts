import { type ForeignFormat, type ForeignRun, meanOf, percentileOf } from './foreignRun';

/* What tools print for people. */

const text = {
  latencies: 'all',
  ranks: [50, 95, 99],
  resolution: { ms: 0.06, share: 0 },
  startMs: null,
  durationMs: 1,
  hasRate: true,
} as const;

const least = (values: readonly number[]): number => values[0] ?? Number.NaN;
const greatest = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;
const secs = (ms: number): string => `${(ms / 1_000).toFixed(4)} secs`;

/** `1.23ms`, as wrk writes it (units.c). */
function wrkTime(ms: number): string {
  if (ms < 1) return `${(ms * 1_000).toFixed(2)}us`;
  return ms < 1_000 ? `${ms.toFixed(2)}ms` : `${(ms / 1_000).toFixed(2)}s`;
}

const head = (run: ForeignRun, extra = ''): string =>
  `\nSummary:\n${extra}  Total:\t${secs(run.durationMs)}\n  Slowest:\t${secs(greatest(run.all))}\n  Fastest:\t${secs(least(run.all))}\n  Average:\t${secs(meanOf(run.all))}\n  Requests/sec:\t${run.rate.toFixed(4)}\n\n`;
const statuses = ({ count, failed }: ForeignRun): string =>
  `Status code distribution:\n  [200]\t${count - failed} responses\n${failed > 0 ? `  [500]\t${failed} responses\n` : ''}\n`;
const distribution = (run: ForeignRun, ranks: readonly number[], sign: string): string =>
  ranks.map((rank) => `  ${rank}${sign} in ${secs(percentileOf(run.all, rank))}\n`).join('');

const k6Line = (name: string, values: readonly number[]): string => {
  const ms = (value: number): string => `${value.toFixed(2)}ms`;
  return `${name}: avg=${ms(meanOf(values))} min=${ms(least(values))} med=${ms(percentileOf(values, 50))} max=${ms(greatest(values))} p(95)=${ms(percentileOf(values, 95))} p(99)=${ms(percentileOf(values, 99))}\n`;
};

export const textFormats: readonly ForeignFormat[] = [
  {
    ...text,
    name: 'hey, text',
    write: (run) =>
      `${head(run)}Response time histogram:\n  0.001 [1]\t|■\n\nLatency distribution:\n${distribution(run, [50, 95, 99], '%%')}\n${statuses(run)}`,
  },
  {
    ...text,
    name: 'oha, text',
    write: (run) =>
      `${head(run, '  Success rate:\t100.00%\n')}Response time histogram:\n  0.001 [1] |■\n\nResponse time distribution:\n${distribution(run, [50, 95, 99], '.00%')}\n\n${statuses(run)}`,
  },
  {
    ...text,
    name: 'wrk, --latency',
    ranks: [50, 75, 90, 99],
    resolution: { ms: 0.006, share: 0.006 },
    durationMs: 6,
    write: (run) =>
      `Running 10s test @ http://127.0.0.1/\n  1 threads and 2 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency   ${wrkTime(meanOf(run.all))}    1.00ms ${wrkTime(greatest(run.all))}   90.00%\n    Req/Sec   100.00      1.00   101.00     90.00%\n  Latency Distribution\n${[50, 75, 90, 99].map((rank) => `     ${rank}%  ${wrkTime(percentileOf(run.all, rank))}\n`).join('')}  ${run.count} requests in ${(run.durationMs / 1_000).toFixed(2)}s, 1.00MB read\n${run.failed > 0 ? `  Non-2xx or 3xx responses: ${run.failed}\n` : ''}Requests/sec: ${run.rate.toFixed(2)}\nTransfer/sec:     0.10MB\n`,
  },
  {
    ...text,
    name: 'wrk2, --latency',
    ranks: [50, 95, 99],
    resolution: { ms: 0.002, share: 0.006 },
    durationMs: 6,
    write: (run) => {
      const lines = run.all.map(
        (ms, index) => `${ms.toFixed(3).padStart(12)} ${((index + 1) / run.count).toFixed(6)} ${index + 1} 1.00\n`,
      );
      return `Running 10s test @ http://127.0.0.1/\n  1 threads and 2 connections\n  Thread calibration: mean lat.: 1.000ms, rate sampling interval: 10ms\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency   1.00ms    1.00ms 2.00ms   90.00%\n  Latency Distribution (HdrHistogram - Recorded Latency)\n 50.000%    ${wrkTime(percentileOf(run.all, 50))}\n  Detailed Percentile spectrum:\n       Value   Percentile   TotalCount 1/(1-Percentile)\n\n${lines.join('')}#[Mean    =        ${meanOf(run.all).toFixed(3)}, StdDeviation   =        1.919]\n#[Max     =       ${greatest(run.all).toFixed(3)}, Total count    =        ${run.count}]\n----------------------------------------------------------\n  ${run.count} requests in ${(run.durationMs / 1_000).toFixed(2)}s, 1.00MB read\n${run.failed > 0 ? `  Non-2xx or 3xx responses: ${run.failed}\n` : ''}Requests/sec: ${run.rate.toFixed(2)}\n`;
    },
  },
  {
    ...text,
    name: 'ab, text',
    resolution: { ms: 0.51, share: 0 },
    write: (run) =>
      `This is ApacheBench, Version 2.3 <$Revision: 1 $>\nServer Software:\nServer Hostname:        127.0.0.1\nServer Port:            80\nDocument Path:          /a\nTime taken for tests:   ${(run.durationMs / 1_000).toFixed(3)} seconds\nComplete requests:      ${run.count}\nFailed requests:        0\n${run.failed > 0 ? `Non-2xx responses:      ${run.failed}\n` : ''}Requests per second:    ${run.rate.toFixed(2)} [#/sec] (mean)\nConnection Times (ms)\n              min  mean[+/-sd] median   max\nTotal:          ${Math.round(least(run.all))}    ${Math.round(meanOf(run.all))}   1.0      5      ${Math.round(greatest(run.all))}\nPercentage of the requests served within a certain time (ms)\n${[50, 95, 99, 100].map((rank) => `  ${rank}%  ${Math.round(percentileOf(run.all, rank))}\n`).join('')}`,
  },
  {
    ...text,
    name: 'Vegeta, text',
    resolution: { ms: 0.001, share: 0 },
    write: (run) =>
      `Requests      [total, rate, throughput]         ${run.count}, ${run.rate.toFixed(2)}, 1.00\nDuration      [total, attack, wait]             ${run.durationMs.toFixed(3)}ms, 1s, 0s\nLatencies     [min, mean, 50, 90, 95, 99, max]  ${[least(run.all), meanOf(run.all), ...[50, 90, 95, 99].map((rank) => percentileOf(run.all, rank)), greatest(run.all)].map((ms) => `${ms.toFixed(3)}ms`).join(', ')}\nSuccess       [ratio]                           99.00%\nStatus Codes  [code:count]                      200:${run.count - run.failed}  500:${run.failed}\n`,
  },
  {
    ...text,
    name: 'k6, text of k6 0',
    latencies: 'successful',
    resolution: { ms: 0.006, share: 0 },
    write: (run) =>
      `  execution: local\n     script: test.js\n\n     data_received..................: 5.9 kB 9.0 kB/s\n${k6Line('   ✓ http_req_duration..............', run.all)}${k6Line('       { expected_response:true }...', run.successful)}     http_req_failed................: ${((run.failed / run.count) * 100).toFixed(2)}%  ✓ ${run.failed}        ✗ ${run.count - run.failed}\n     http_reqs......................: ${run.count}      ${run.rate.toFixed(6)}/s\n`,
  },
  {
    ...text,
    name: 'k6, text of k6 1',
    latencies: 'successful',
    resolution: { ms: 0.006, share: 0 },
    write: (run) =>
      `  █ TOTAL RESULTS\n\n    HTTP\n${k6Line('    http_req_duration.......................', run.all)}${k6Line('      { expected_response:true }............', run.successful)}    http_req_failed.........................: ${((run.failed / run.count) * 100).toFixed(2)}% ${run.failed} out of ${run.count}\n    http_reqs...............................: ${run.count}   ${run.rate.toFixed(6)}/s\n`,
  },
  {
    ...text,
    name: 'autocannon, text',
    ranks: [50, 97.5, 99],
    resolution: { ms: 0.51, share: 0 },
    durationMs: 10,
    write: (run) => {
      const cells = [2.5, 50, 97.5, 99].map((rank) => `${Math.round(percentileOf(run.all, rank))} ms`);
      return `Running 10s test @ http://127.0.0.1/\n2 connections\n\n┌─────────┬──────┬──────┬───────┐\n│ Stat    │ 2.5% │ 50%  │ 97.5% │ 99%  │ Avg     │ Stdev   │ Max   │\n├─────────┼──────┤\n│ Latency │ ${cells.join(' │ ')} │ ${meanOf(run.all).toFixed(2)} ms │ 1 ms │ ${Math.round(greatest(run.all))} ms │\n└─────────┴──────┘\n\n${run.failed > 0 ? `${run.count - run.failed} 2xx responses, ${run.failed} non 2xx responses\n` : ''}${run.count} requests in ${(run.durationMs / 1_000).toFixed(2)}s, 1.2 MB read\n`;
    },
  },
];
