// A generator that is held up must not pass for a target that is fast, nor for one that is slow.
import { fork } from 'node:child_process';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printTable } from '../table.ts';
import { proofload, scenarioFile, withServer } from './tools.mjs';

const trials = 5;
const group = '/sys/fs/cgroup/cpu/proofload-bench';
const thresholds = { http_req_duration: ['p(95)<50'] };
const open = { executor: 'constant-arrival-rate', rate: 1_000, duration: '5s', preAllocatedVUs: 200 };
const closedFor = { failed: 1_000, passed: 50 };
/** More than half a core's work, whether the target is slow or fast. */
const closed = (truth) => ({ executor: 'constant-vus', vus: closedFor[truth], duration: '5s' });

/** Runs `use` with a prefix that puts a program into a group with half a core (cgroup v1; as root). */
async function throttled(use) {
  mkdirSync(group, { recursive: true });
  writeFileSync(join(group, 'cpu.cfs_period_us'), '100000');
  writeFileSync(join(group, 'cpu.cfs_quota_us'), '50000');
  const result = await use(['sh', '-c', `echo $$ > ${group}/tasks; exec "$0" "$@"`]);
  rmdirSync(group);
  return result;
}

/** Runs `use` while as many processes as there are cores, and one more, do nothing but turn. */
async function busy(use) {
  const hogs = Array.from({ length: 3 }, () => fork(join(import.meta.dirname, 'hog.mjs')));
  const result = await use([]);
  for (const hog of hogs) hog.kill();
  return result;
}

async function quiet(use) {
  return use([]);
}

/** Several runs on one machine with one load, whose truth is known. */
async function runTrials(surround, load, delayMs) {
  const verdicts = {};
  const reasons = new Set();
  for (let trial = 0; trial < trials; trial += 1) {
    const { document } = await withServer('rawServer.mjs', ['--delay', delayMs], (url) =>
      surround((prefix) => proofload(['run', scenarioFile(load, { thresholds }), '--url', url], { prefix })),
    );
    verdicts[document.verdict] = (verdicts[document.verdict] ?? 0) + 1;
    for (const { check, ok } of document.trust) if (!ok) reasons.add(check);
  }
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  return [counts.join(', '), [...reasons].join(', ')];
}

const surroundings = { quiet, throttled, busy };

export async function disturbed() {
  const rows = [];
  const truths = { failed: '60', passed: '0' };
  for (const [name, surround] of Object.entries(surroundings)) {
    for (const [truth, delayMs] of Object.entries(truths)) {
      for (const [model, load] of Object.entries({ open, closed: closed(truth) }))
        rows.push([name, model, truth, ...(await runTrials(surround, load, delayMs))]);
    }
  }
  process.stdout.write(
    `A generator with half a core, and a machine with three busy processes (${trials} runs each):\n\n`,
  );
  printTable(['machine', 'load', 'truth', 'verdicts', 'checks that failed'], rows);
}
