// Closed loop, 10 connections: generator on one core, nginx on the other, in turns.
import { printTable } from '../table.ts';
import { generatorCore, startNginx } from './nginx.mjs';
import { has, median, proofload, run, scenarioFile } from './tools.mjs';

const rounds = 15;
const seconds = 4;
const connections = 10;

const scenario = scenarioFile({ executor: 'constant-vus', vus: connections, duration: `${seconds}s` });
const rateOf = (text, pattern) => Number(pattern.exec(text)?.[1] ?? Number.NaN);

const tools = {
  wrk: async (url) =>
    rateOf(
      await run(generatorCore, 'wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, url]),
      /Requests\/sec:\s*([\d.]+)/,
    ),
  proofload: async (url) =>
    (await proofload(['run', scenario, '--url', url], { prefix: generatorCore })).document.metrics.http_reqs.rate,
  autocannon: async (url) =>
    JSON.parse(
      await run(generatorCore, process.execPath, [
        'node_modules/autocannon/autocannon.js',
        ...['-c', String(connections), '-d', String(seconds), '-j', url],
      ]),
    ).requests.average,
  hey: async (url) =>
    rateOf(
      await run(generatorCore, 'hey', ['-z', `${seconds}s`, '-c', String(connections), '-cpus', '1', url]),
      /Requests\/sec:\s*([\d.]+)/,
    ),
};

export async function closed() {
  if (!has('nginx') || !has('taskset')) {
    process.stdout.write('closed loop: needs nginx and taskset (apt-get install nginx-light wrk hey)\n\n');
    return;
  }
  const names = Object.keys(tools).filter((name) => !['wrk', 'hey'].includes(name) || has(name));
  const rates = Object.fromEntries(names.map((name) => [name, []]));
  const nginx = await startNginx();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) rates[name].push(await tools[name](nginx.url));
  }
  nginx.end();
  process.stdout.write(
    `Closed loop, ${connections} connections, generator on one core, nginx on the other; ${rounds} rounds of ${seconds} s in turns:\n\n`,
  );
  printTable(
    ['tool', 'req/s (median)', 'of wrk (median of rounds)'],
    names.map((name) => {
      const ratios = (rates.wrk ?? []).map((wrk, round) => rates[name][round] / wrk);
      return [name, Math.round(median(rates[name])), ratios.length > 0 ? median(ratios).toFixed(2) : '-'];
    }),
  );
}
