import { execFileSync, fork, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { passSignals } from '../../scripts/setup/foreground.mjs';
import { interruptedCode } from '../proofload.mjs';
import { temporaryFolder } from './temporaryFolder.mjs';

const root = resolve(import.meta.dirname, '../..');
const cli = join(root, 'out/main/cli.js');
const dataDir = join(root, 'test-results/bench-data');

/** Whether a program is on the path. */
export function has(program) {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts a server of this folder, hands its URL and its process to `use`, and ends it. */
export async function withServer(file, args, use) {
  const child = fork(join(import.meta.dirname, file), args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const url = await new Promise((found) => child.stdout.once('data', (chunk) => found(String(chunk).trim())));
  try {
    return await use(url, child);
  } finally {
    child.kill();
  }
}

/** Runs a program to its end and resolves with what it printed. `prefix` comes before it, such as taskset. */
export function run(prefix, program, args) {
  const [file, ...rest] = [...prefix, program, ...args];
  return new Promise((done, fail) => {
    const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', fail);
    child.on('close', () => done(text));
  });
}

/**
 * Runs Proofload's command line; resolves with exit code and run document. `onStart` is handed the process.
 * `command` is `run FILE` or `capacity`, in parts.
 */
export async function proofload(command, { prefix = [], onStart = () => {} } = {}) {
  const folder = temporaryFolder();
  const out = join(folder, 'run.json');
  const args = [...prefix, process.execPath, cli, ...command, '--no-save', '--quiet', '--data-dir', dataDir];
  const child = spawn(args[0], [...args.slice(1), '--out', out], { stdio: 'inherit' });
  onStart(child);
  const release = passSignals(child);
  const code = await new Promise((done) => child.on('close', done));
  release();
  if (code === interruptedCode) process.exit(code);
  const document = JSON.parse(readFileSync(out, 'utf8'));
  return { code, document };
}

/** A scenario file with the given load; resolves with its path. It lies in a folder of its own. */
export function scenarioFile(load, rest = {}) {
  const file = join(temporaryFolder(), 'scenario.json');
  const scenario = { schema: 'proofload.scenario/1', id: 'bench', name: 'Bench', warmup: '1s', load, ...rest };
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}

/** The process id of the load process of a running command line (Linux). */
export function loadProcessOf(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('load.js'));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Kolmogorov's distance of samples from a distribution. */
export function kolmogorovDistance(samples, cdf) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted.reduce(
    (worst, value, index) =>
      Math.max(worst, cdf(value) - index / sorted.length, (index + 1) / sorted.length - cdf(value)),
    0,
  );
}
