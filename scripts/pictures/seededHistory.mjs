import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import hdr from 'hdr-histogram-js';
import { root } from '../setup/paths.mjs';

const runs = join(root, 'tests/fixtures/screens');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const levels = ['smoke', 'report', 'target', 'higher', 'high', 'spike', 'soak'];
const hourMs = 3_600_000;

const latencies = new Set(['min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p99_9', 'max']);

/** Response times of a run and their parts, times a factor; what is no response time stays. */
function scaled(value, factor, isTime = false) {
  if (typeof value === 'number') return isTime ? value * factor : value;
  if (Array.isArray(value)) return value.map((entry) => scaled(entry, factor));
  if (value === null || typeof value !== 'object') return value;
  const isParts = (key) => isTime || key === 'parts' || latencies.has(key);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, scaled(entry, factor, isParts(key))]));
}

/** A histogram in the form of a run document with all its values times a factor. */
function scaledHistogram(encoded, factor, repeats) {
  const from = hdr.decodeFromCompressedBase64(encoded);
  const to = hdr.build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (let index = 0; index < from.countsArrayLength; index += 1) {
    const count = from.getCountAtIndex(index);
    if (count > 0)
      to.recordValueWithCount(Math.max(1, Math.round(from.valueFromIndex(index) * factor)), count * repeats);
  }
  return hdr.encodeIntoCompressedBase64(to);
}

/** The thresholds of a run with the interval and the status that its values have. */
function judged(thresholds, factor, isDoubtful) {
  return thresholds.map((threshold) => {
    const isLatency = threshold.metric === 'http_req_duration';
    const value = isLatency ? threshold.value * factor : threshold.value;
    const [, sign, text] = /([<>]=?|==)([\d.]+)$/.exec(threshold.expression);
    const limit = Number(text);
    const ok = sign.startsWith('<') ? value < limit : value >= limit;
    if (!isLatency) return { ...threshold, ok, status: ok ? 'passed' : 'failed', low: value, high: value, doubts: [] };
    const [low, high] = [value * 0.97, isDoubtful ? limit * 1.4 : value * 1.04];
    const check = { check: 'send-lateness', low, high, message: 'Sends were late.', isDecisive: true };
    const margin = limit / value;
    if (isDoubtful) return { ...threshold, value, ok, status: 'undecided', low, high, margin, doubts: [check] };
    return { ...threshold, value, ok, status: ok ? 'passed' : 'failed', low, high, margin, doubts: [] };
  });
}

/** A run of two minutes made of one of twelve seconds, as if it had been measured some hours ago. */
function madeRun(source, { level, engine, hoursAgo, factor = 1, doubtful = false, number }) {
  const startedMs = Date.now() - hoursAgo * hourMs;
  const startedAt = new Date(startedMs).toISOString();
  const id = `${startedAt
    .slice(0, 19)
    .replace(/\D/g, '')
    .replace(/^(\d{8})/, '$1-')}-${(0xa0000 + number).toString(16).padStart(6, '0')}`;
  const thresholds = judged(source.thresholds, factor, doubtful);
  const states = thresholds.map(({ status }) => status);
  const verdict = states.includes('failed') ? 'failed' : states.includes('undecided') ? 'inconclusive' : 'passed';
  const repeats = 10;
  // A wave over the seconds, so that no chart shows the same twelve seconds again and again.
  const intervals = Array.from({ length: repeats * source.intervals.length }, (_, place) => ({
    ...scaled(source.intervals[place % source.intervals.length], factor * (1 + 0.08 * Math.sin(place / 7))),
    t: place + 1,
  }));
  const count = source.metrics.http_reqs.count * repeats;
  const metrics = scaled(source.metrics, factor);
  return {
    ...source,
    id,
    startedAt,
    endedAt: new Date(startedMs + 120_000).toISOString(),
    verdict,
    shortened: false,
    gate: { open: true, reason: null },
    scenario: {
      ...source.scenario,
      id: `level-${level}`,
      level,
      name: `${levels[level][0].toUpperCase()}${levels[level].slice(1)}`,
      load: { ...source.scenario.load, duration: '2m' },
    },
    target: { kind: 'engine', engine, options: {} },
    metrics: { ...metrics, http_reqs: { ...metrics.http_reqs, count } },
    thresholds,
    attribution: scaled(source.attribution, factor),
    trust: source.trust.map((check) =>
      doubtful && check.check === 'send-lateness'
        ? { ...check, value: 61, ok: false, isNotable: true, message: 'Sends were late.' }
        : check,
    ),
    intervals,
    histograms: {
      ...source.histograms,
      http_req_duration: scaledHistogram(source.histograms.http_req_duration, factor, repeats),
      http_req_service: scaledHistogram(source.histograms.http_req_service, factor, repeats),
    },
  };
}

/** What a team would have after some days: engines that passed, failed and stayed open, with a baseline and tags. */
const made = [
  { level: 0, engine: 'sqlite-json', hoursAgo: 100, factor: 1.4, from: 'fast' },
  { level: 1, engine: 'sqlite-json', hoursAgo: 99, from: 'slow' },
  { level: 1, engine: 'sqlite-json', hoursAgo: 75, factor: 1.06, from: 'slow' },
  { level: 0, engine: 'sqlite', hoursAgo: 74, factor: 0.8, from: 'fast' },
  { level: 1, engine: 'sqlite', hoursAgo: 73, factor: 1.1, from: 'fast' },
  { level: 2, engine: 'sqlite', hoursAgo: 52, factor: 1.04, from: 'fast' },
  { level: 2, engine: 'sqlite', hoursAgo: 51, factor: 0.97, from: 'fast' },
  { level: 2, engine: 'sqlite', hoursAgo: 50, factor: 1.01, from: 'fast' },
  { level: 2, engine: 'sqlite', hoursAgo: 49, from: 'fast' },
  { level: 3, engine: 'sqlite', hoursAgo: 30, factor: 4.2, from: 'fast' },
  { level: 4, engine: 'sqlite', hoursAgo: 29, factor: 18, doubtful: true, from: 'fast' },
  { level: 1, engine: 'memory', hoursAgo: 28, factor: 0.3, from: 'fast' },
  { level: 2, engine: 'memory', hoursAgo: 27, factor: 0.35, from: 'fast' },
  { level: 1, engine: 'hybrid', hoursAgo: 26, factor: 0.5, from: 'fast' },
  { level: 2, engine: 'hybrid', hoursAgo: 8, factor: 0.6, from: 'fast' },
  { level: 5, engine: 'memory', hoursAgo: 7, factor: 26, from: 'fast' },
  { level: 2, engine: 'sqlite', hoursAgo: 5, factor: 1.03, from: 'fast' },
  { level: 2, engine: 'sqlite', hoursAgo: 2, factor: 1.36, from: 'fast' },
];

function proofload(...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`proofload ${args[0]} ended with ${status}`);
}

/**
 * Puts runs into a data folder that were made from two real ones, of level 1 on `sqlite-json` and of level 2 on
 * `sqlite`, and those in `others`, which are files. They are for pictures of screens and not results: no figure of them was measured as it stands there.
 */
export function seedHistory(dataFolder, others = []) {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-made-'));
  const sources = {
    fast: read(join(runs, 'level-2-sqlite.json')),
    slow: read(join(runs, 'level-1-sqlite-json.json')),
  };
  const documents = made.map(({ from, ...run }, number) => madeRun(sources[from], { ...run, number }));
  const files = documents.map((document) => {
    const file = join(folder, `${document.id}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  const at = ['--data-dir', dataFolder];
  proofload('import', ...files, ...others, join(root, 'tests/fixtures/imports/artillery-2.0.34.json'), ...at);
  const database = new DatabaseSync(join(dataFolder, 'history.sqlite'));
  // What was imported counts for no gate and no board: these stand for runs of this machine.
  database.exec("UPDATE runs SET origin = NULL WHERE origin = 'proofload'");
  database.close();
  const [baseline] = documents
    .filter(({ scenario, target }) => scenario.level === 2 && target.engine === 'sqlite')
    .slice(3);
  proofload('history', 'baseline', baseline.id, ...at);
  proofload('history', 'note', baseline.id, '--name', 'Before the new index', ...at);
  proofload('history', 'tag', documents.at(-1).id, 'release', ...at);
  rmSync(folder, { recursive: true });
  return documents;
}

/** A visitor of the shop logs in, with the token of the page before. */
function loginSteps(url) {
  return [
    { name: 'login page', url: `${url}login`, extract: { csrf: { regex: 'name="csrf" value="([^"]+)"' } } },
    { name: 'login', method: 'POST', url: '/login', body: 'user=ann&csrf={{csrf}}', checks: [{ status: 302 }] },
  ];
}

/** Two scenarios in one run, each with its journey and its time, for the editor and a run. */
export function seedSeveral(dataFolder, url) {
  const folder = join(dataFolder, 'scenarios');
  mkdirSync(folder, { recursive: true });
  const scenario = {
    schema: 'proofload.scenario/1',
    id: 'opening-hour',
    name: 'Opening hour',
    description: 'Visitors come in, and some of them log in.',
    load: {
      executor: 'scenarios',
      scenarios: [
        {
          name: 'browse',
          journeys: ['browse'],
          executor: 'ramping-arrival-rate',
          startRate: 5,
          stages: [
            { duration: '5s', target: 40 },
            { duration: '7s', target: 40 },
          ],
        },
        {
          name: 'login',
          journeys: ['login'],
          startTime: '4s',
          executor: 'constant-arrival-rate',
          rate: 12,
          duration: '6s',
        },
      ],
    },
    thresholds: { http_req_duration: ['p(95)<200'], 'http_req_duration{scenario:browse}': ['p(95)<100'] },
    journeys: [
      { name: 'browse', steps: [{ name: 'start page', url: `${url}login` }] },
      { name: 'login', steps: loginSteps(url) },
    ],
  };
  writeFileSync(join(folder, 'opening-hour.json'), JSON.stringify(scenario));
}

/** A scenario of one's own with a journey, for the editor. */
export function seedScenario(dataFolder, url) {
  const folder = join(dataFolder, 'scenarios');
  mkdirSync(folder, { recursive: true });
  const scenario = {
    schema: 'proofload.scenario/1',
    id: 'checkout',
    name: 'Checkout',
    description: 'Log in, look at the products, buy one.',
    load: { executor: 'constant-arrival-rate', rate: 20, duration: '1m' },
    warmup: '5s',
    thresholds: { http_req_duration: ['p(95)<200'], http_req_failed: ['rate<0.01'] },
    journeys: [
      {
        name: 'checkout',
        steps: [
          ...loginSteps(url),
          { name: 'products', url: '/products?page=2', checks: [{ jsonPath: '$.page', equals: 3 }] },
        ],
      },
    ],
  };
  writeFileSync(join(folder, 'checkout.json'), JSON.stringify(scenario));
}
