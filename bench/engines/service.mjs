// The document service on memory against a bare node:http server that answers the same bytes.
import { execFileSync, fork } from 'node:child_process';
import { printTable } from '../table.ts';

const rounds = 21;
const warmUpSeconds = 3;
const roundSeconds = 1;

/** Starts a server on the first core; the generator has the second. */
async function start(file, kind) {
  const child = fork(file, [kind], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  const url = await new Promise((found) => child.stdout.once('data', (chunk) => found(String(chunk).trim())));
  execFileSync('taskset', ['-a', '-p', '-c', '0', String(child.pid)], { stdio: 'ignore' });
  load(url, warmUpSeconds);
  return { url, stop: () => child.kill() };
}

function load(url, seconds) {
  const text = execFileSync('taskset', ['-c', '1', 'wrk', '-t', '1', '-c', '10', '-d', `${seconds}s`, url], {
    encoding: 'utf8',
  });
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
}

/** Both servers are there and warm all the time and loaded in turns, so that a slow second of the host meets either. */
export async function service(file) {
  const servers = { bare: await start(file, 'bare'), service: await start(file, 'service') };
  const rates = { bare: [], service: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of round % 2 === 0 ? ['bare', 'service'] : ['service', 'bare'])
      rates[kind].push(load(servers[kind].url, roundSeconds));
  }
  for (const { stop } of Object.values(servers)) stop();
  const sorted = (values) => [...values].sort((a, b) => a - b);
  const median = (values) => sorted(values)[Math.floor(values.length / 2)];
  const ratios = rates.service.map((rate, round) => rate / rates.bare[round]);
  process.stdout.write(`GET of a cached document, wrk with 10 connections, ${rounds} rounds in turns:\n\n`);
  printTable(
    ['server', 'req/s', 'of the bare server', 'quarter to three quarters of the rounds'],
    [
      ['bare node:http', Math.round(median(rates.bare)), '1.00', ''],
      [
        'document service on memory',
        Math.round(median(rates.service)),
        median(ratios).toFixed(2),
        [1, 3].map((quarter) => sorted(ratios)[Math.floor((ratios.length * quarter) / 4)].toFixed(2)).join(' to '),
      ],
    ],
  );
}
