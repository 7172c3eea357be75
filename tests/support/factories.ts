import { levels } from '../../electron/app/runs/levels';
import { visitTexts } from '../../electron/load/http/responseHead';
import type { HttpResponse } from '../../electron/load/http/responseParser';
import type { LoadTick } from '../../electron/load/protocol';
import type { PlannedRequest, Workload } from '../../electron/load/workload/workload';
import { Measurement } from '../../electron/measure/measurement';
import { assembleDocument } from '../../electron/run/assembleDocument';
import { fields } from '../../electron/service/conformance/conformanceCheck';
import type { Document } from '../../shared/documents/document';
import { engineConfig } from '../../shared/engines/config';
import type { ImportedResult } from '../../shared/interchange/importedResult';
import type { Environment, RunDocument } from '../../shared/run/document';
import type { RunDescription, Tick, TickStatistics } from '../../shared/run/events';
import type { RunInterval } from '../../shared/run/metrics';
import type { SlowRequest } from '../../shared/run/slowRequest';
import type { RunSummary } from '../../shared/run/summary';
import type { Scenario } from '../../shared/scenario/schema';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';

export { fields };

/** A shipped level. */
export function level(id: `level-${0 | 1 | 2 | 3 | 4 | 5 | 6}`): Scenario {
  const found = levels.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

export const environment: Environment = {
  proofload: '0.0.0',
  runtime: 'Node 24',
  node: '24',
  sqlite: '3',
  sqliteBuild: 'stock',
  platform: 'test',
  osRelease: '0',
  cpu: 'test',
  cores: 2,
  memoryMb: 1,
  pacing: 'none',
  power: 'mains',
};

export function description(overrides: Partial<RunDescription> = {}): RunDescription {
  return {
    id: 'run-1',
    startedAt: '2026-01-01T00:00:00.000Z',
    scenario: level('level-2'),
    target: engineConfig('memory'),
    environment,
    shortened: false,
    overridden: false,
    ...overrides,
  };
}

export function storedDocument(overrides: Partial<Document> = {}): Document {
  return { ...fields(), tenant: 't00', id: 'd1', version: 1, createdAt: 1, updatedAt: 1, ...overrides };
}

/** A histogram of the given latencies in milliseconds. */
export function histogramOfMs(...latenciesMs: number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const latencyMs of latenciesMs) histogram.record(latencyMs * 1000);
  return histogram;
}

export function loadTick(overrides: Partial<LoadTick> = {}): LoadTick {
  const empty = new LatencyHistogram().toSparse();
  return {
    index: 1,
    durationMs: 250,
    elapsedMs: 250,
    warmup: false,
    draining: false,
    asked: 0,
    sent: 0,
    dropped: 0,
    late: 0,
    lateFailed: 0,
    inFlight: 0,
    failures: {},
    errorsByOperation: {},
    cacheHits: 0,
    cacheLookups: 0,
    response: {},
    service: empty,
    lateness: empty,
    blocked: empty,
    waiting: empty,
    receiving: empty,
    serverTiming: {},
    stages: {},
    parts: {},
    connections: { opened: 0, lost: 0, reconnects: 0, open: 0, lookup: empty, connect: empty, tls: empty },
    utilisation: 0,
    gcMs: 0,
    gcMaxMs: 0,
    loopDelayMs: 0,
    cpuWaitMs: 0,
    cpuSlices: 0,
    throttledMs: null,
    cpuLimit: null,
    ...overrides,
  };
}

export function httpResponse(overrides: Partial<HttpResponse> = {}): HttpResponse {
  const { header = () => undefined } = overrides;
  return {
    status: 200,
    headNumber: undefined,
    keepAlive: true,
    header,
    visitValues: (name, visit) => visitTexts([header(name) ?? []].flat(), visit),
    values: () => [],
    headers: () => [],
    text: () => '',
    bytes: () => Buffer.alloc(0),
    bodyBytes: 0,
    receivedBytes: 0,
    ...overrides,
  };
}

/** A workload of one operation whose every answer is right. */
export const plainWorkload: Workload = {
  next: (): PlannedRequest => ({
    operation: 'read',
    wire: { method: 'GET', head: 'GET / HTTP/1.1\r\n\r\n', body: undefined, origin: 0 },
    keepsBody: false,
    check: ({ status }) => (status === 200 ? undefined : `status-${status}`),
  }),
};

/** A second in which nothing happened. */
export function runInterval(overrides: Partial<RunInterval> = {}): RunInterval {
  return {
    t: 1,
    count: 0,
    rate: 0,
    p50: null,
    p95: null,
    p99: null,
    max: null,
    latencyCounts: [],
    failed: 0,
    cacheHitRate: null,
    inFlight: 0,
    asked: 0,
    sent: 0,
    dropped: 0,
    isDraining: false,
    late: 0,
    lateFailed: 0,
    cacheLookups: 0,
    errors: {},
    failedByStage: {},
    errorsByOperation: {},
    errorsByStage: {},
    droppedByStage: {},
    connectionsOpened: 0,
    connectionsLost: 0,
    reconnects: 0,
    generatorGcMs: 0,
    generatorGcMaxMs: 0,
    generatorLoopDelayMs: null,
    generatorCpuWaitMs: 0,
    generatorCpuSlices: 0,
    generatorThrottledMs: null,
    generatorCpuLimit: null,
    generatorUtilisation: 0,
    targetCpu: null,
    targetUtilisation: null,
    targetHeapMb: null,
    targetRssMb: null,
    targetGcMs: null,
    targetGcMaxMs: null,
    targetCpuWaitMs: null,
    targetLoopDelayMs: null,
    targetWrittenMb: null,
    targetLoopHeldMs: {},
    targetLoopHeldMaxMs: {},
    otherCpuShare: null,
    stolenCpuShare: null,
    parts: {},
    slowestParts: {},
    ...overrides,
  };
}

const nothing: TickStatistics = {
  count: 0,
  failed: 0,
  dropped: 0,
  rate: 0,
  p50: null,
  p95: null,
  p99: null,
  max: null,
  cacheHitRate: null,
};

/** A quarter of a second of a run, in which nothing happened but what is said. */
export function runTick({
  interval = {},
  cumulative = {},
  ...overrides
}: Partial<Omit<Tick, 'interval' | 'cumulative'>> & {
  interval?: Partial<TickStatistics>;
  cumulative?: Partial<TickStatistics>;
} = {}): Tick {
  return {
    elapsedMs: 1_000,
    durationMs: 250,
    warmup: false,
    inFlight: 0,
    generatorUtilisation: 0,
    ...overrides,
    interval: { ...nothing, ...interval },
    cumulative: { ...nothing, ...cumulative },
  };
}

/** One of the slowest requests of a run. */
export function slowRequest(overrides: Partial<SlowRequest> = {}): SlowRequest {
  return {
    operation: 'read',
    startMs: 97_300,
    durationMs: 179.2,
    sendLatenessMs: 0.1,
    blockedMs: 0.1,
    waitingMs: 178,
    receivingMs: 1,
    status: 200,
    ...overrides,
  };
}

/** The document of a run in which nothing happened. */
export function runDocument(overrides: Partial<RunDocument> = {}): RunDocument {
  const { scenario, target } = description();
  const document = assembleDocument({
    description: description(),
    endedAt: new Date(0),
    measurement: new Measurement(scenario, target),
    measuredMs: 1_000,
    integrity: { checked: 0, violations: 0, acknowledgedWrites: 0, lostWrites: 0 },
    ending: undefined,
  });
  return { ...document, ...overrides };
}

/** A summary of k6, as it is kept. */
export function importedResult(overrides: Partial<ImportedResult> = {}): ImportedResult {
  return {
    schema: 'proofload.result/1',
    id: 'result-1',
    importedAt: '2026-01-02T00:00:00.000Z',
    tool: 'k6',
    toolVersion: null,
    file: 'summary.json',
    subject: 'script.js',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 20_000,
    latency: { starts: 'send', ends: 'last-byte', resolution: '1 ns', includesFailures: false },
    metrics: {
      http_req_duration: { count: 4_000, min: 0.4, mean: 3, max: 120, percentiles: { 50: 2.5, 90: 6, 95: 9.5 } },
      http_reqs: { count: 4_000, rate: 200 },
      http_req_failed: { count: 0, rate: 0 },
      by_operation: {},
    },
    thresholds: [],
    intervals: [],
    histogram: null,
    notes: [],
    ...overrides,
  };
}

/** A line of the history. */
export function runSummary(overrides: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'run-1',
    startedAt: '2026-01-01T00:00:00.000Z',
    verdict: 'passed',
    scenarioId: 'level-2',
    scenarioName: 'Steady',
    target: 'memory',
    origin: null,
    name: null,
    notes: '',
    tags: [],
    machine: 'test',
    isPinned: false,
    isBaseline: false,
    isThinned: false,
    isShortened: false,
    isOverridden: false,
    wasGateShut: false,
    rate: 100,
    p50Ms: 1,
    p95Ms: 2,
    p95HighMs: null,
    p99Ms: 3,
    p99_9Ms: null,
    failedRate: 0,
    cacheHitRate: null,
    ...overrides,
  };
}
