// `npm run bench:profiles [part ...]`: where the processor time of the load process and of the service goes, and what
// the load process allocates.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generatorCore, startNginx } from '../load/nginx.mjs';
import { proofload, scenarioFile } from '../load/tools.mjs';
import { runParts } from '../runParts.mjs';
import { printTable } from '../table.ts';
import { selfBytes, selfMs } from './selfOf.mjs';

const seconds = 10;
const warmupSeconds = 1;
const shown = 30;

/** Runs the command line with options of Node for all its processes; resolves with the run document. */
async function withOptions(options, command, prefix) {
  process.env.NODE_OPTIONS = options;
  const { document } = await proofload(command, { prefix });
  delete process.env.NODE_OPTIONS;
  return document;
}

/** The greatest first, as rows. `scale` turns an amount into text. */
function rowsOf(sums, scale) {
  const total = [...sums.values()].reduce((sum, amount) => sum + amount, 0);
  const sorted = [...sums].sort(([, a], [, b]) => b - a).slice(0, shown);
  return sorted.map(([name, amount]) => [`\`${name}\``, scale(amount), `${((100 * amount) / total).toFixed(1)} %`]);
}

/** Prints the profile of the process whose program is `file` while a command runs. */
async function cpu(title, file, command, prefix = []) {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-'));
  const document = await withOptions(`--cpu-prof --cpu-prof-dir=${folder}`, command, prefix);
  const profiles = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  rmSync(folder, { recursive: true });
  const ends = `/out/main/${file}.js`;
  const profile = profiles.find(({ nodes }) => nodes.some(({ callFrame }) => callFrame.url.endsWith(ends)));
  const sums = selfMs(profile);
  sums.delete('(idle)');
  const { rate } = document.metrics.http_reqs;
  process.stdout.write(`${title}: ${Math.round(rate)} req/s while profiled, time of each function itself:\n\n`);
  printTable(
    ['function', 'ms', 'of the busy time'],
    rowsOf(sums, (ms) => Math.round(ms)),
  );
}

/** Prints what the load process allocates while a command runs. */
async function garbage(title, command, prefix) {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-bench-'));
  const file = join(folder, 'allocations.json');
  process.env.PROOFLOAD_BENCH_ALLOCATIONS = file;
  const preload = pathToFileURL(join(import.meta.dirname, 'allocations.mjs'));
  const document = await withOptions(`--import ${preload}`, command, prefix);
  const sums = selfBytes(JSON.parse(readFileSync(file, 'utf8')));
  rmSync(folder, { recursive: true });
  const requests = (document.metrics.http_reqs.count * (seconds + warmupSeconds)) / seconds;
  process.stdout.write(`${title}, bytes that each function itself allocates:\n\n`);
  printTable(
    ['function', 'bytes a request', 'of all'],
    rowsOf(sums, (bytes) => (bytes / requests).toFixed(1)),
  );
}

const closedLoop = (vus) =>
  scenarioFile({ executor: 'constant-vus', vus, duration: `${seconds}s` }, { warmup: `${warmupSeconds}s` });

async function generator() {
  const nginx = await startNginx();
  const command = ['run', closedLoop(10), '--url', nginx.url];
  await cpu('The load process, 10 virtual users against nginx', 'load', command, generatorCore);
  await garbage('The load process, 10 virtual users against nginx', command, generatorCore);
  nginx.end();
}

async function users() {
  const nginx = await startNginx(512);
  const command = ['run', closedLoop(2_000), '--url', nginx.url];
  await cpu('The load process, 2,000 virtual users against nginx with 512 connections', 'load', command, generatorCore);
  nginx.end();
}

async function service() {
  const reads = {
    operations: { read: 100, query: 0, update: 0, insert: 0 },
    dataset: { tenants: 20, documentsPerTenant: 500, documentBytes: 1_024 },
  };
  const load = { executor: 'constant-vus', vus: 50, duration: `${seconds}s` };
  const command = ['run', scenarioFile(load, reads), '--engine', 'memory'];
  await cpu('The service on `memory`, reads of cached documents', 'service', command);
  await garbage('The load process beside it', command, []);
}

async function level() {
  const command = ['run', 'level-1', '--engine', 'sqlite', '--duration', `${seconds}s`];
  await cpu('The service on `sqlite`, level 1', 'service', command);
}

await runParts({ generator, users, service, level });
