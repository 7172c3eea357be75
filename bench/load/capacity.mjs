// Servers of known capacity: does the search find it, and does its interval cover it?
import { printTable } from '../table.ts';
import { proofload, withServer } from './tools.mjs';

const trials = 20;

export async function capacity() {
  const rows = [];
  let covered = 0;
  let worst = 0;
  let slowest = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    // From 50 to 5,000 per second, evenly on a logarithmic scale.
    const truth = Math.round(50 * 100 ** (trial / (trials - 1)));
    const begunMs = performance.now();
    const { document } = await withServer('queueServer.mjs', ['--capacity', String(truth)], (url) =>
      proofload(['capacity', '--url', url]),
    );
    const seconds = (performance.now() - begunMs) / 1000;
    const { rate, low, high, steps } = document.capacity;
    const covers = low !== null && low <= truth && truth <= high;
    covered += covers ? 1 : 0;
    worst = Math.max(worst, Math.abs((rate ?? 0) / truth - 1));
    slowest = Math.max(slowest, seconds);
    const found = rate === null ? '-' : rate.toFixed(1);
    const interval = low === null ? '-' : `${low.toFixed(1)} to ${high.toFixed(1)}`;
    rows.push([
      truth,
      found,
      `${(100 * ((rate ?? 0) / truth - 1)).toFixed(1)} %`,
      interval,
      covers ? 'yes' : 'no',
      steps.length,
      seconds.toFixed(0),
      document.verdict,
    ]);
  }
  process.stdout.write('Capacity search on servers of known capacity:\n\n');
  printTable(['truth req/s', 'found', 'error', '95 % interval', 'covers', 'steps', 's', 'verdict'], rows);
  process.stdout.write(
    `within ${(100 * worst).toFixed(1)} %, in at most ${slowest.toFixed(0)} s, the interval covers the truth in ${covered} of ${trials}\n\n`,
  );
}
