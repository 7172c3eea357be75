// Arrivals as the server sees them.
import { printTable } from '../table.ts';
import { kolmogorovDistance, proofload, scenarioFile, withServer } from './tools.mjs';

const seconds = 10;

function arrivalRun(rate, arrivals) {
  return withServer('rawServer.mjs', ['--arrivals'], async (url, server) => {
    const load = { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, arrivals };
    const file = scenarioFile(load, { warmup: '0s' });
    const { document } = await proofload(['run', file, '--url', url]);
    const times = await new Promise((received) => {
      server.once('message', received);
      server.send('arrivals');
    });
    return { document, times };
  });
}

/** The least and the greatest share of arrivals in any tenth of a second. */
function tenths(times) {
  const counts = new Array(10).fill(0);
  for (const time of times) counts[Math.floor((time - times[0]) / 100) % 10] += 1;
  const shares = counts.map((count) => (100 * count) / times.length);
  return `${Math.min(...shares).toFixed(2)} to ${Math.max(...shares).toFixed(2)} %`;
}

export async function arrivals() {
  const even = [];
  for (const rate of [200, 1_000, 5_000, 10_000]) {
    const { document, times } = await arrivalRun(rate, 'even');
    const seen = (1000 * (times.length - 1)) / (times.at(-1) - times[0]);
    const { send_lateness: lateness } = document.metrics;
    even.push([rate, seen.toFixed(1), `${(100 * (seen / rate - 1)).toFixed(3)} %`, tenths(times), lateness.p99]);
  }
  process.stdout.write(
    `Arrivals as the server sees them, ${seconds} s each (10 % of them belong in each tenth of a second):\n\n`,
  );
  printTable(['asked req/s', 'seen req/s', 'difference', 'in a tenth', 'lateness P99 ms'], even);
  const poisson = [];
  for (const rate of [50, 200, 1_000, 5_000]) {
    const { times } = await arrivalRun(rate, 'poisson');
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    const ofGaps = kolmogorovDistance(gaps, (gap) => 1 - Math.exp((-gap * rate) / 1000));
    const span = times.at(-1) - times[0];
    // Given their number, the times of a Poisson process are uniform; the first and the last bound the span.
    const inner = times.slice(1, -1).map((time) => (time - times[0]) / span);
    const ofTimes = kolmogorovDistance(inner, (time) => time);
    const limit = 1.358 / Math.sqrt(gaps.length);
    const judged = (distance) => `${distance.toFixed(4)} ${distance <= limit ? 'passes' : 'fails'}`;
    poisson.push([rate, times.length, limit.toFixed(4), judged(ofTimes), judged(ofGaps)]);
  }
  process.stdout.write(
    'Poisson arrivals, Kolmogorov-Smirnov distances of what the server sees: times from the uniform, gaps from the exponential distribution:\n\n',
  );
  printTable(['req/s', 'arrivals', 'limit (5 %)', 'times', 'gaps'], poisson);
}
