#!/usr/bin/env node
// A stand-in for kubectl in tests, where no cluster can be had: it contacts nothing. It notes each command with its
// standard input, and behaves as a cluster with k6-operator in which the runners of a TestRun make the load that
// PROOFLOAD_KUBECTL_STAND_IN describes: { folder, rate, durationMs, warmupMs, failEvery, exitCode, waiting, loses }.
// Their samples come by the log of the collector, in the layout of k6 2.2 and of the collector 0.159 as their sources
// have it; no recording of a real one was there.
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { batch, counter, gauge, trend } from './otlpBatches.mjs';

const plan = JSON.parse(process.env.PROOFLOAD_KUBECTL_STAND_IN ?? '{}');
const inFolder = (name) => join(plan.folder, name);
const args = process.argv.slice(2);
const input = args.at(-1) === '-' ? readFileSync(0, 'utf8') : undefined;
appendFileSync(inFolder('commands.jsonl'), `${JSON.stringify({ args, input })}\n`);

/** How often runners export, in ms. */
const exportMs = 250;
const { rate = 100, durationMs = 2_000, warmupMs = 0 } = plan;
const exports = Math.ceil((warmupMs + durationMs) / exportMs);

/** The requests that a runner makes until an export. */
const madeBy = (number, runners) => Math.floor((number * rate * exportMs) / 1_000 / runners);

function refuse(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function readRun() {
  return existsSync(inFolder('run.json')) ? JSON.parse(readFileSync(inFolder('run.json'), 'utf8')) : undefined;
}

function create() {
  const files = args.filter((_arg, index) => args[index - 1] === '--filename');
  for (const file of files.filter((name) => name.endsWith('testrun.yaml'))) {
    const { kind, metadata, spec } = parse(readFileSync(file, 'utf8'));
    if (kind !== 'TestRun') refuse('error: no TestRun');
    if (plan.noOperator) refuse('error: no matches for kind "TestRun" in version "k6.io/v1alpha1"');
    const run = { name: metadata.name, runners: spec.parallelism, startMs: Date.now() + 100 };
    // Whoever follows the log never sees half of it.
    writeFileSync(inFolder('run.json.new'), JSON.stringify(run));
    renameSync(inFolder('run.json.new'), inFolder('run.json'));
  }
}

/** What a runner has recorded in an export. */
function metricsOf(runner, { runners, startMs }, number) {
  const fromMs = startMs + (number - 1) * exportMs;
  const made = madeBy(number, runners) - madeBy(number - 1, runners);
  const scenario = number * exportMs <= warmupMs ? 'warmup' : 'proofload';
  const tags = { operation: 'cart', expected_response: 'true', status: '200', scenario, instance_id: String(runner) };
  const failed = { ...tags, expected_response: 'false', status: '503' };
  const failures = plan.failEvery === undefined ? 0 : Math.floor(made / plan.failEvery);
  const values = Array.from({ length: made - failures }, (_, index) => (index % 10 === 0 ? 60 : 20));
  const of = (name, own, recorded) =>
    recorded.length === 0 ? [] : [trend(name, own, fromMs, fromMs + exportMs, recorded)];
  return [
    ...(number === 1 ? [gauge('proofload_started_ms', { instance_id: String(runner) }, startMs, startMs)] : []),
    ...(made === 0 ? [] : [counter('http_reqs', tags, fromMs, fromMs + exportMs, made)]),
    ...of('http_req_duration', tags, values),
    ...of(
      'http_req_waiting',
      tags,
      values.map((value) => value - 1),
    ),
    ...of('http_req_duration', failed, Array(failures).fill(5)),
  ];
}

/** The log of the collector: its own messages, and the samples of all runners in time. */
function follow() {
  process.stdout.write('2026-01-01T00:00:00.000Z\twarn\ta message of the collector\n');
  let number = 0;
  const timer = setInterval(() => {
    const run = readRun();
    if (run === undefined || plan.waiting || existsSync(inFolder('stopped'))) return;
    while (number < exports && Date.now() >= run.startMs + (number + 1) * exportMs) {
      number += 1;
      for (let runner = 1; runner <= run.runners; runner += 1) {
        const isLost = plan.loses === number && runner === 1;
        if (!isLost) process.stdout.write(`${batch(metricsOf(runner, run, number))}\n`);
      }
      writeFileSync(inFolder('exported'), String(number));
    }
    if (plan.collectorEnds && number > 2) process.exit(0);
  }, 20);
  process.on('SIGINT', () => {
    clearInterval(timer);
    process.exit(130);
  });
}

function look() {
  const run = readRun();
  if (run === undefined || existsSync(inFolder('stopped'))) {
    process.stdout.write(JSON.stringify({ kind: 'List', items: [] }));
    return;
  }
  // Runners end after their last export, however slow this machine is.
  const exported = existsSync(inFolder('exported')) ? Number(readFileSync(inFolder('exported'), 'utf8')) : 0;
  const isOver = exported >= exports && Date.now() > run.startMs + warmupMs + durationMs + 500;
  const ended = {
    terminated: { exitCode: plan.exitCode ?? 0, reason: plan.exitCode === undefined ? 'Completed' : 'Error' },
  };
  const state = plan.waiting ? { waiting: { reason: plan.waiting } } : isOver ? ended : { running: {} };
  const phase = plan.waiting ? 'Pending' : !isOver ? 'Running' : plan.exitCode === undefined ? 'Succeeded' : 'Failed';
  const pods = Array.from({ length: run.runners }, (_, index) => ({
    kind: 'Pod',
    metadata: { name: `${run.name}-${index + 1}-x` },
    status: { phase, containerStatuses: [{ name: 'k6', state }] },
  }));
  const testRun = { kind: 'TestRun', metadata: { name: run.name }, status: { stage: 'started' } };
  process.stdout.write(JSON.stringify({ kind: 'List', items: [testRun, ...pods] }));
}

function totals() {
  const run = readRun();
  for (let runner = 1; runner <= (run?.runners ?? 0); runner += 1)
    process.stdout.write(`\n${JSON.stringify({ proofload: { http_reqs: madeBy(exports, run.runners) } })}\n`);
}

const verb = args.find((arg) => /^(create|wait|get|logs|delete)$/.test(arg));
if (verb === 'create') create();
else if (verb === 'logs' && args.includes('--follow')) follow();
else if (verb === 'logs') totals();
else if (verb === 'get') look();
else if (verb === 'delete' && args.includes('testruns.k6.io')) writeFileSync(inFolder('stopped'), '');
else if (verb !== 'wait' && verb !== 'delete') refuse(`error: unknown command ${args.join(' ')}`);
