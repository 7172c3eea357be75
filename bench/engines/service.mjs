// The document service on memory against a bare node:http server that answers the same bytes.
import { execFileSync, fork } from 'node:child_process';
import { printTable } from '../proofload.mjs';

const rounds = 7;
const seconds = 3;

async function withServer(file, kind, use) {
  // Server on one core, generator on the other.
  const child = fork(file, [kind], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  const url = await new Promise((found) => child.stdout.once('data', (chunk) => found(String(chunk).trim())));
  execFileSync('taskset', ['-a', '-p', '-c', '0', String(child.pid)], { stdio: 'ignore' });
  try {
    return use(url);
  } finally {
    child.kill();
  }
}

function load(url) {
  const text = execFileSync('taskset', ['-c', '1', 'wrk', '-t', '1', '-c', '10', '-d', `${seconds}s`, url], {
    encoding: 'utf8',
  });
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
}

export async function service(file) {
  const ratios = [];
  const rates = { bare: [], service: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of round % 2 === 0 ? ['bare', 'service'] : ['service', 'bare'])
      rates[kind].push(await withServer(file, kind, load));
    ratios.push(rates.service.at(-1) / rates.bare.at(-1));
  }
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  process.stdout.write(`GET of a cached document, wrk with 10 connections, ${rounds} rounds in turns:\n\n`);
  printTable(
    ['server', 'req/s', 'of the bare server'],
    [
      ['bare node:http', Math.round(median(rates.bare)), '1.00'],
      ['document service on memory', Math.round(median(rates.service)), median(ratios).toFixed(2)],
    ],
  );
}
