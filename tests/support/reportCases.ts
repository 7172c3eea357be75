import { levels } from '../../electron/app/runs/levels';
import { encodeHdr } from '../../electron/hdr/hdrCodec';
import type { PartBand } from '../../shared/attribution/attribution';
import type { ComparedRun, Comparison } from '../../shared/comparison/comparison';
import { engineConfig } from '../../shared/engines/config';
import { latencyOfDriven } from '../../shared/interchange/latencyDefinition';
import { optionResults } from '../../shared/options/optionResult';
import type { RunDocument } from '../../shared/run/document';
import type { TrustCheck } from '../../shared/run/trustCheck';
import type { ThresholdResult } from '../../shared/thresholds/evaluate';
import { conformanceReport } from './conformanceReport';
import { experimentOver } from './experiments';
import { histogramOfMs, importedResult, level, runDocument, runInterval, slowRequest } from './factories';
import { madeRun, madeSecond, quiet as quietService, withPause } from './madeSeconds';
import { severalScenarios } from './severalScenarios';

const latency = { count: 8_000, min: 1, mean: 2, p50: 2.11, p90: 3.12, p95: 4.13, p99: 5.14, p99_9: 6, max: 7.15 };
const slow = { ...latency, p50: 12.1, p95: 14.3 };

const p95: ThresholdResult = {
  metric: 'http_req_duration',
  expression: 'p(95)<50',
  value: 12.3,
  ok: true,
  status: 'passed',
  low: 11.8,
  high: 13.1,
  margin: 3.8,
  doubts: [],
};
const failed: ThresholdResult = {
  ...p95,
  expression: 'p(99)<100',
  value: 271,
  ok: false,
  status: 'failed',
  low: 250,
  high: 290,
  margin: 0.4,
};
const undecided: ThresholdResult = {
  ...p95,
  expression: 'p(90)<100',
  value: 96,
  status: 'undecided',
  low: 82,
  high: 112,
  margin: 1.04,
  doubts: [{ check: 'send-lateness', low: 82, high: 112, message: '', isDecisive: true }],
};
/** Missed, but by no more than equal runs differ. */
const withinNoise: ThresholdResult = {
  metric: 'http_req_duration',
  expression: 'p(95)<=baseline*1.05',
  value: 13.2,
  ok: false,
  baseline: { runId: 'base', value: 12, limit: 12.6, isSure: false },
};

const check: TrustCheck = {
  check: 'send-lateness',
  value: 5.75,
  limit: 5,
  unit: 'ms',
  ok: true,
  isNotable: false,
  message: 'Sends were on time.',
};
const quiet: TrustCheck = { ...check, check: 'samples', message: 'There were enough requests.' };
const late: TrustCheck = { ...check, ok: false, isNotable: true, message: 'Sends were late.' };
const busy: TrustCheck = { ...check, check: 'other-load', value: 0.74, isNotable: true, message: 'Others were busy.' };

const band = (mean: number): PartBand => ({
  count: 800,
  mean,
  parts: { network: mean / 4, 'server.commit': mean / 2 },
});
const bands = { all: band(2), median: band(2.2), slowest_5: band(4.4), slowest_1: null };

/** A run with something in every section. */
function document(overrides: Partial<RunDocument>): RunDocument {
  const base = runDocument();
  return {
    ...base,
    histograms: { ...base.histograms, http_req_duration: encodeHdr(histogramOfMs(1, 2, 3)) },
    metrics: {
      ...base.metrics,
      http_req_duration: latency,
      http_req_service: { ...latency, p50: 1.91 },
      http_reqs: { count: 8_000, rate: 200 },
      cache_hit: { count: 4_000, rate: 0.5 },
      by_operation: { read: latency, write: slow },
      by_stage: { '0': { http_req_duration: slow, failed: 0 } },
      phases: { http_req_blocked: { ...latency, p50: 0.21 }, http_req_waiting: { ...latency, p50: 1.81 } },
    },
    intervals: [1, 2].map((t) =>
      runInterval({
        t,
        count: 200,
        rate: 200,
        asked: 200,
        p50: 2 + t,
        p95: 4 + t,
        p99: 6 + t,
        cacheHitRate: 0.5,
        cacheLookups: 100,
        targetCpu: 0.4,
        targetUtilisation: 0.6,
        targetRssMb: 80 + t,
        targetGcMs: 3,
        targetGcMaxMs: 2,
        parts: { network: 0.5, 'server.commit': 1.5 },
      }),
    ),
    attribution: {
      all: bands,
      by_operation: { read: bands },
      sentence: 'The slowest 5 % wait for commits.',
      causes: [{ cause: 'server.commit', share: 0.5, sentence: 'Commits take half of it.' }],
      notes: ['A note on where the time went.'],
    },
    slowest: [
      slowRequest({ durationMs: 7.15 }),
      slowRequest({ operation: 'write', durationMs: 14.4, traceId: '4bf92f3577b34da6a3ce929d0e0e4736' }),
      slowRequest({ operation: 'write', durationMs: 14.2, status: 503, failure: 'status-503' }),
    ],
    trust: [quiet],
    ...overrides,
  };
}

/** A pause of the service, and one that nothing was sampled of. */
const secondsWithMoments = madeRun(30, quietService, {
  12: (latenciesMs) =>
    madeSecond(12, withPause(latenciesMs, 120), { targetGcMs: 121, targetGcMaxMs: 120, targetLoopDelayMs: 119 }),
  20: (latenciesMs) => madeSecond(20, withPause(latenciesMs, 300)),
}).map((interval) => ({
  ...interval,
  cacheHitRate: 0.5,
  cacheLookups: 100,
  targetCpu: 0.4,
  targetUtilisation: 0.6,
  targetRssMb: 80,
}));

const ordinary = document({}).metrics;
const levelC = levels.find(({ id }) => id === 'level-c') ?? level('level-2');

type ReportCase = readonly [
  name: string,
  document: RunDocument,
  statuses: readonly ('passed' | 'failed' | 'undecided')[],
];

/** Runs of every kind, each with the marks that its thresholds have in every report. */
export const reportCases: readonly ReportCase[] = [
  ['passed', document({ verdict: 'passed', thresholds: [p95], trust: [quiet, busy] }), ['passed']],
  [
    'failed',
    document({ verdict: 'failed', thresholds: [p95, failed, undecided], trust: [quiet, late] }),
    ['passed', 'failed', 'undecided'],
  ],
  ['inconclusive', document({ verdict: 'inconclusive', thresholds: [undecided], trust: [late, busy] }), ['undecided']],
  [
    'aborted',
    document({ verdict: 'aborted', reason: 'the target died.', thresholds: [p95, failed] }),
    ['undecided', 'undecided'],
  ],
  ['interrupted', document({ verdict: 'interrupted', thresholds: [p95] }), ['undecided']],
  [
    'a relative threshold missed within noise',
    document({ verdict: 'inconclusive', thresholds: [withinNoise] }),
    ['undecided'],
  ],
  [
    'a capacity search',
    document({
      verdict: 'passed',
      scenario: levelC,
      thresholds: [p95],
      capacity: {
        rate: 1_900,
        low: 1_850,
        high: 1_950,
        atLeast: false,
        limitedBy: 'target-cpu',
        steps: [
          step({ kind: 'concurrency', vus: 16, achievedRate: 2_100 }),
          step({ kind: 'rate', offeredRate: 2_500, holds: false, reason: 'the P95 response time is 806 ms' }),
          step({ kind: 'rate', offeredRate: 2_000, undecided: true }),
          step({ kind: 'confirmation', offeredRate: 1_900 }),
        ],
      },
    }),
    ['passed'],
  ],
  ['no thresholds', document({ verdict: 'passed', thresholds: [] }), []],
  [
    'failures',
    document({
      verdict: 'failed',
      thresholds: [{ metric: 'http_req_failed', expression: 'rate<0.01', value: 0.2, ok: false, isImplicit: true }],
      integrity: { checked: 6_000, violations: 0, acknowledgedWrites: 20, lostWrites: null },
      metrics: {
        ...ordinary,
        http_req_duration_adjusted: { p50: 2.5, p90: null, p95: null, p99: null, p99_9: null },
        http_reqs: { count: 10_000, rate: 100, successRate: 80, late: 3 },
        http_req_failed: { count: 2_000, rate: 0.2 },
        dropped_iterations: { count: 12 },
        errors: { 'status-503': 1_500, timeout: 500 },
      },
    }),
    ['failed'],
  ],
  ['moments', document({ verdict: 'passed', thresholds: [p95], intervals: secondsWithMoments }), ['passed']],
  [
    'a document of before thresholds had a status',
    document({
      verdict: 'inconclusive',
      thresholds: [{ metric: 'http_req_duration', expression: 'p(95)<50', value: 12.3, ok: true }],
      trust: [late],
    }),
    ['undecided'],
  ],
];

const ends = { completed: 41, failed: 2, interrupted: 3 };

/** Journeys of several scenarios. The columns of their tables have words that are statuses elsewhere. */
const journeyCase: ReportCase = [
  'journeys of several scenarios',
  document({
    verdict: 'passed',
    thresholds: [p95],
    scenario: severalScenarios(),
    metrics: {
      ...ordinary,
      by_stage: {},
      by_scenario: Object.fromEntries(
        ['browse', 'buy'].map((name, index) => [
          name,
          {
            ...ends,
            ...{ dropped: index + 4, requests: 90 + index, failedRequests: index + 6 },
            ...{ iteration_duration: latency, http_req_duration: slow },
          },
        ]),
      ),
      by_journey: Object.fromEntries(
        ['look', 'find', 'order'].map((name, index) => [
          name,
          { ...ends, completed: 60 + index, iteration_duration: { ...latency, p50: 20 + index } },
        ]),
      ),
    },
    checks: [{ operation: 'pay', check: 'status is 200', passes: 39, fails: 2, example: '503' }],
    dataFiles: [
      { name: 'users', file: 'users.csv', mode: 'once', rows: 10, used: 25, wraps: 2, exhausted: null, changed: true },
    ],
    profile: {
      ...{ durationMs: 4_000, samples: 3_900, idleShare: 0.4, gcShare: 0.05 },
      top: [{ functionName: 'commit', place: 'sqliteEngine.ts:31', selfShare: 0.2 }],
    },
    log: [{ level: 'warning', message: 'A warning of the run.' }],
  }),
  ['passed'],
];

/** A run with each section of the report is among these. */
export const sectionCases: readonly ReportCase[] = [...reportCases, journeyCase];

function step(
  overrides: Partial<NonNullable<RunDocument['capacity']>['steps'][number]>,
): NonNullable<RunDocument['capacity']>['steps'][number] {
  return {
    kind: 'rate',
    achievedRate: 1_905,
    attainment: 1,
    p50: 2.2,
    p95: 9.5,
    p99: 12.5,
    growthMsPerS: 0,
    holds: true,
    trusted: true,
    durationMs: 5_000,
    generatorUtilisation: 0.4,
    targetUtilisation: 0.9,
    ...overrides,
  };
}

/** The result of another tool, with thresholds of its own. */
export const importedCase = importedResult({
  thresholds: [
    { metric: 'http_req_duration', expression: 'p(95)<500', ok: true },
    { metric: 'http_req_failed', expression: 'rate<0.01', ok: false },
  ],
  notes: ['k6 keeps no distribution in its summary.'],
});

function compared(id: string, p95Ms: number): ComparedRun {
  const figures = { throughput: 200, p50: 1.23, p95: p95Ms, p99: 10.5 };
  return {
    id,
    name: `run ${id}`,
    state: 'passed',
    startedAt: '2026-01-01T00:00:00.000Z',
    origin: null,
    scenario: 'Target',
    target: 'memory',
    latency: latencyOfDriven({}),
    count: 4_000,
    failures: { count: 8, of: 4_000 },
    figures,
    judged: figures,
    mean: null,
    max: null,
    failedRate: 0.002,
    cacheHitRate: 0.5,
    timeline: [],
    distribution: [],
    shares: null,
    heatmap: null,
  };
}

/** Two runs beside each other: one metric is worse, of another it can't be told. */
export const comparisonCase: Comparison = {
  runs: [compared('first', 4.5), compared('second', 9.1)],
  deltas: [
    { run: 1, metric: 'throughput', ratio: 1, low: 0.99, high: 1.01, outcome: 'alike', reason: null },
    { run: 1, metric: 'p50', ratio: 0.9, low: 0.85, high: 0.95, outcome: 'better', reason: null },
    { run: 1, metric: 'p95', ratio: 2.02, low: 1.9, high: 2.2, outcome: 'worse', reason: null },
    { run: 1, metric: 'p99', ratio: null, low: null, high: null, outcome: 'unknown', reason: 'it was not measured' },
  ],
  warnings: ['The two were not made on the same machine.'],
  noise: { pairs: 3, deviation: { throughput: 0.01, p50: 0.02, p95: 0.03, p99: 0.04 } },
  binsMs: [],
  columnS: 1,
};

const [json, memory] = [engineConfig('sqlite-json'), engineConfig('memory')];

/** Two engines against each other. */
export const experimentCase = experimentOver([
  [json, 600, { missed: ['http_req_duration p(95)<50'] }],
  [memory, 7, { resources: { cores: 0.5, memoryMb: 120, writtenKbPerRequest: 1.5 } }],
]);

/** The same as options, one of them put to the test. */
export const optionCase = optionResults(experimentCase, [conformanceReport(memory)]);
