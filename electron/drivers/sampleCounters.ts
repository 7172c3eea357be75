import { type RequestPhase, requestPhases } from '../../shared/run/metrics';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { NamedHistograms } from '../load/namedHistograms';
import type { LoadTick } from '../load/protocol';
import type { ToolPhase, ToolRequest } from './toolEvents';

type Counts = Record<string, number>;

function add(counts: Counts, kind: string, count = 1): void {
  counts[kind] = (counts[kind] ?? 0) + count;
}

/** Tools do not report the bytes of requests. */
const noBytes = { sentBytes: 0, receivedBytes: 0, decodedBytes: 0 };

interface StageCounts {
  response: LatencyHistogram;
  failures: Counts;
}

/** What tools have reported for a quarter of a second. */
export class SampleCounters {
  readonly #response = new NamedHistograms();
  readonly #service = new LatencyHistogram();
  readonly #phases = new Map<RequestPhase, LatencyHistogram>();
  readonly #failures: Counts = {};
  readonly #failuresByOperation: Record<string, Counts> = {};
  readonly #stages = new Map<string, StageCounts>();
  readonly #durations = new NamedHistograms();
  readonly #iterations: Record<string, { completed: number; failed: number; interrupted: number }> = {};
  readonly #checks: Record<string, Record<string, { passes: number; fails: number }>> = {};
  #loopDelayMs: number | null = null;
  #ended = 0;
  #late = 0;
  #lateFailed = 0;
  #opened = 0;
  #lost = 0;
  sent = 0;
  dropped = 0;

  get ended(): number {
    return this.#ended;
  }

  end(request: ToolRequest, stage: string | undefined, isLate: boolean): void {
    const { startedMs, endedMs, operation, failure, phases, opensConnection, times = 1 } = request;
    const durationUs = (endedMs - startedMs) * 1_000;
    this.#ended += times;
    if (isLate) this.#late += times;
    if (opensConnection) this.#opened += times;
    if (failure === 'connection-reset') this.#lost += times;
    if (failure !== undefined) {
      if (isLate) this.#lateFailed += times;
      add(this.#failures, failure, times);
      this.#failuresByOperation[operation] ??= {};
      add(this.#failuresByOperation[operation], failure, times);
      if (stage !== undefined) add(this.#stage(stage).failures, failure, times);
      return;
    }
    this.#response.of(operation).record(durationUs, times);
    this.#service.record(durationUs, times);
    if (stage !== undefined) this.#stage(stage).response.record(durationUs, times);
    for (const phase of requestPhases) this.#recordPhase(phase, phases[phase]);
  }

  phase({ phase, durationMs, times, hasFailed }: ToolPhase): void {
    if (phase === 'http_req_connecting') this.#opened += times;
    if (!hasFailed) this.#recordPhase(phase, durationMs, times);
  }

  iterationCompleted(journey: string, durationMs: number, times: number): void {
    this.iterationsEnded(journey, 'completed', times);
    this.#durations.of(journey).record(durationMs * 1_000, times);
  }

  iterationsEnded(journey: string, end: 'completed' | 'failed' | 'interrupted', count: number): void {
    this.#iterations[journey] ??= { completed: 0, failed: 0, interrupted: 0 };
    this.#iterations[journey][end] += count;
  }

  check(operation: string, check: string, ok: boolean, times: number): void {
    this.#checks[operation] ??= {};
    this.#checks[operation][check] ??= { passes: 0, fails: 0 };
    this.#checks[operation][check][ok ? 'passes' : 'fails'] += times;
  }

  /** Notes an event loop delay. Of several processes, the largest delay counts. */
  delay(loopDelayMs: number): void {
    this.#loopDelayMs = Math.max(this.#loopDelayMs ?? 0, loopDelayMs);
  }

  /** The values of a tick. Those that tools do not report are null or empty. */
  counts(): Omit<
    LoadTick,
    'index' | 'durationMs' | 'elapsedMs' | 'warmup' | 'draining' | 'asked' | 'inFlight' | 'journeys'
  > {
    const phase = (name: RequestPhase) => (this.#phases.get(name) ?? new LatencyHistogram()).toSparse();
    const empty = new LatencyHistogram().toSparse();
    return {
      sent: this.sent,
      dropped: this.dropped,
      late: this.#late,
      lateFailed: this.#lateFailed,
      failures: this.#failures,
      errorsByOperation: this.#failuresByOperation,
      cacheHits: 0,
      cacheLookups: 0,
      response: this.#response.flush(),
      service: this.#service.toSparse(),
      blocked: phase('http_req_blocked'),
      waiting: phase('http_req_waiting'),
      receiving: phase('http_req_receiving'),
      lateness: empty,
      serverTiming: {},
      parts: {},
      stages: Object.fromEntries(
        [...this.#stages].map(([name, { response, failures }]) => {
          return [name, { response: response.toSparse(), failures, dropped: 0 }];
        }),
      ),
      connections: {
        opened: this.#opened,
        lost: this.#lost,
        reconnects: 0,
        open: 0,
        lookup: phase('http_req_looking_up'),
        connect: phase('http_req_connecting'),
        tls: phase('http_req_tls_handshaking'),
      },
      utilisation: null,
      gcMs: null,
      gcMaxMs: null,
      loopDelayMs: this.#loopDelayMs,
      cpuWaitMs: null,
      cpuSlices: null,
      throttledMs: null,
      cpuLimit: null,
    };
  }

  journeys(): NonNullable<LoadTick['journeys']> {
    return {
      durations: this.#durations.flush(),
      iterations: this.#iterations,
      steps: Object.fromEntries(
        Object.entries(this.#checks).map(([operation, checks]) => [operation, { ...noBytes, checks }]),
      ),
    };
  }

  #recordPhase(phase: RequestPhase, phaseMs: number | undefined, times = 1): void {
    if (phaseMs === undefined) return;
    const histogram = this.#phases.get(phase) ?? new LatencyHistogram();
    this.#phases.set(phase, histogram);
    histogram.record(phaseMs * 1_000, times);
  }

  #stage(name: string): StageCounts {
    const known = this.#stages.get(name) ?? { response: new LatencyHistogram(), failures: {} };
    this.#stages.set(name, known);
    return known;
  }
}
