#!/usr/bin/env node
// A stand-in for k6 in tests, where no k6 can be had: it sends nothing. It takes the arguments of `k6 version` and of
// `k6 run --out json=-`, the script by standard input as well, and writes samples laid out as k6 0.55 and 1.0 wrote them, at the times of the load that
// PROOFLOAD_K6_STAND_IN describes: { rate, durationMs, warmupMs, failEvery, code, complaint }. PROOFLOAD_TEST_K6 names a
// real one for the same tests.
import { readFileSync } from 'node:fs';

const [command, ...args] = process.argv.slice(2);
const plan = JSON.parse(process.env.PROOFLOAD_K6_STAND_IN ?? '{}');

if (command === 'version') {
  process.stdout.write(`k6 v${plan.version ?? '1.0.0'} (stand-in for tests, no k6, linux/amd64)\n`);
  process.exit(0);
}
if (command !== 'run' || !args.includes('json=-')) throw new Error(`not understood: ${command} ${args.join(' ')}`);
const script = args.at(-1);
if (!readFileSync(script === '-' ? 0 : script, 'utf8').includes("from 'k6/http'"))
  throw new Error('not a script of k6');
if (plan.code !== undefined && plan.rate === undefined) {
  process.stderr.write(`${plan.complaint}\n`);
  process.exit(plan.code);
}
process.on('SIGINT', () => process.exit(105));

const [first = '0', last = '1'] = (args[args.indexOf('--execution-segment') + 1] ?? '').split(':');
const part = (text) =>
  text.split('/').reduce((share, number) => (share === undefined ? Number(number) : share / Number(number)), undefined);
const share = args.includes('--execution-segment') ? part(last) - part(first) : 1;
const startMs = Date.now();

function point(metric, atMs, value, tags) {
  const data = { time: new Date(atMs).toISOString(), value, tags };
  return `${JSON.stringify({ metric, type: 'Point', data })}\n`;
}

function requestAt(endedMs, index, scenario) {
  const failed = plan.failEvery !== undefined && index % plan.failEvery === 0;
  const tags = {
    expected_response: String(!failed),
    group: '',
    method: 'GET',
    name: 'read',
    operation: 'read',
    proto: 'HTTP/1.1',
    scenario,
    status: failed ? '503' : '200',
    url: 'http://127.0.0.1/',
  };
  const of = (metric, value) => point(metric, endedMs, value, tags);
  return [
    of('http_reqs', 1),
    of('http_req_duration', 20),
    of('http_req_blocked', index === 0 ? 5 : 0.002),
    of('http_req_connecting', index === 0 ? 4 : 0),
    of('http_req_tls_handshaking', 0),
    of('http_req_sending', 0.1),
    of('http_req_waiting', 19),
    of('http_req_receiving', 0.9),
    of('http_req_failed', failed ? 1 : 0),
    point('data_sent', endedMs, 100, { group: '', scenario }),
    point('data_received', endedMs, 200, { group: '', scenario }),
    point('iteration_duration', endedMs, 20, { group: '', scenario }),
    point('iterations', endedMs, 1, { group: '', scenario }),
  ].join('');
}

const definition = { name: 'http_reqs', type: 'counter', contains: 'default', thresholds: [], submetrics: null };
process.stdout.write(`${JSON.stringify({ type: 'Metric', data: definition, metric: 'http_reqs' })}\n`);
process.stdout.write(point('proofload_started', startMs, 1, { group: '::setup' }));
const { rate, durationMs, warmupMs = 0 } = plan;
const total = Math.round((rate * share * (warmupMs + durationMs)) / 1_000);
let sent = 0;
// Samples come five times a second, as k6 writes them.
const timer = setInterval(() => {
  let text = '';
  for (; sent < total; sent += 1) {
    const beginMs = (sent * 1_000) / (rate * share);
    if (startMs + beginMs + 20 > Date.now()) break;
    text += requestAt(startMs + beginMs + 20, sent, beginMs < warmupMs ? 'warmup' : 'proofload');
  }
  process.stdout.write(text);
  if (sent < total && !(plan.code !== undefined && sent > total / 2)) return;
  clearInterval(timer);
  if (plan.complaint !== undefined) process.stderr.write(`${plan.complaint}\n`);
  process.exitCode = plan.code ?? 0;
}, 200);
