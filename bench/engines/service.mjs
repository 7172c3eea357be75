// The document service on memory against a bare node:http server that answers the same bytes.
import { execFileSync, fork } from 'node:child_process';
import { printTable } from '../table.ts';

const rounds = 21;
const warmUpSeconds = 3;
const roundSeconds = 1;

const names = {
  bare: 'bare node:http',
  'bare-optimised': 'the same with `optimizeEmptyRequests`',
  service: 'document service on memory',
};

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

/** All servers are there and warm all the time and loaded in turns, so that a slow second of the host meets any. */
export async function service(file) {
  const kinds = Object.keys(names);
  const servers = new Map();
  for (const kind of kinds) servers.set(kind, await start(file, kind));
  const rates = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed())
      rates[kind].push(load(servers.get(kind).url, roundSeconds));
  }
  for (const { stop } of servers.values()) stop();
  const sorted = (values) => [...values].sort((a, b) => a - b);
  const median = (values) => sorted(values)[Math.floor(values.length / 2)];
  process.stdout.write(`GET of a cached document, wrk with 10 connections, ${rounds} rounds in turns:\n\n`);
  printTable(
    ['server', 'req/s', 'of the bare server', 'quarter to three quarters of the rounds'],
    kinds.map((kind) => {
      const ratios = rates[kind].map((rate, round) => rate / rates.bare[round]);
      const quarters = [1, 3].map((quarter) => sorted(ratios)[Math.floor((ratios.length * quarter) / 4)].toFixed(2));
      return [
        names[kind],
        Math.round(median(rates[kind])),
        median(ratios).toFixed(2),
        kind === 'bare' ? '' : quarters.join(' to '),
      ];
    }),
  );
}
