// Closed loop with 100 and with 2,000 users: generator on one core, nginx on the other, in turns.
import { printTable } from '../table.ts';
import { generatorCore, startNginx } from './nginx.mjs';
import { has, median, proofload, run, scenarioFile } from './tools.mjs';

const rounds = 7;
const seconds = 4;
const few = 100;
const many = 2_000;

const scenarios = new Map(
  [few, many].map((vus) => [vus, scenarioFile({ executor: 'constant-vus', vus, duration: `${seconds}s` })]),
);

async function wrk(url, connections) {
  const text = await run(generatorCore, 'wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, url]);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(text)?.[1] ?? Number.NaN);
}

async function own(url, vus) {
  const { document } = await proofload(['run', scenarios.get(vus), '--url', url], { prefix: generatorCore });
  return document.metrics.http_reqs.rate;
}

export async function users() {
  if (!has('nginx') || !has('taskset')) {
    process.stdout.write('users: needs nginx and taskset (apt-get install nginx-light wrk)\n\n');
    return;
  }
  const wide = await startNginx(16_384);
  const narrow = await startNginx(512);
  const series = [
    ...(has('wrk') ? [few, many].map((count) => ['wrk', count, '16,384', () => wrk(wide.url, count)]) : []),
    ...[few, many].map((count) => ['proofload', count, '16,384', () => own(wide.url, count)]),
    ...[few, many].map((count) => ['proofload', count, '512', () => own(narrow.url, count)]),
  ];
  const rates = series.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    const order = [...series.keys()];
    for (const index of round % 2 === 0 ? order : order.toReversed()) rates[index].push(await series[index][3]());
  }
  wide.end();
  narrow.end();
  process.stdout.write(
    `Closed loop with ${few} and ${many} users, generator on one core, nginx on the other; ${rounds} rounds of ${seconds} s in turns:\n\n`,
  );
  printTable(
    ['tool', 'users', 'connections of nginx', 'req/s (median)', `of ${few} users (median of rounds)`],
    series.map(([tool, count, connections], index) => {
      const ofFew = rates[count === few ? index : index - 1];
      const ratio = median(rates[index].map((rate, round) => rate / ofFew[round]));
      return [tool, count, connections, Math.round(median(rates[index])), ratio.toFixed(2)];
    }),
  );
}
