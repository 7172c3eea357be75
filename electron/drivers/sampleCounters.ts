import { type RequestPhase, requestPhases } from '../../shared/run/metrics';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { JourneyCounters } from '../load/journey/journeyCounters';
import { NamedHistograms } from '../load/namedHistograms';
import type { LoadTick } from '../load/protocol';
import { RequestFailures } from '../load/requestFailures';
import { StageCounters } from '../load/stageCounters';
import type { ToolPhase, ToolRequest } from './toolEvents';

/** What tools have reported for a quarter of a second. */
export class SampleCounters {
  readonly #response = new NamedHistograms();
  readonly #service = new LatencyHistogram();
  readonly #phases = new Map<RequestPhase, LatencyHistogram>();
  readonly #failures = new RequestFailures();
  readonly #stages = new StageCounters();
  /** Iterations and checks. Tools do not report the bytes of steps, which are 0 here. */
  readonly journeys = new JourneyCounters();
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
      this.#failures.add(failure, operation, times);
      if (stage !== undefined) this.#stages.of(stage).failures.add(failure, times);
      return;
    }
    this.#response.of(operation).record(durationUs, times);
    this.#service.record(durationUs, times);
    if (stage !== undefined) this.#stages.of(stage).response.record(durationUs, times);
    for (const phase of requestPhases) this.#recordPhase(phase, phases[phase]);
  }

  phase({ phase, durationMs, times, hasFailed }: ToolPhase): void {
    if (phase === 'http_req_connecting') this.#opened += times;
    if (!hasFailed) this.#recordPhase(phase, durationMs, times);
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
      ...this.#failures.flush(),
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
      stages: this.#stages.flush(),
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

  #recordPhase(phase: RequestPhase, phaseMs: number | undefined, times = 1): void {
    if (phaseMs === undefined) return;
    const histogram = this.#phases.get(phase) ?? new LatencyHistogram();
    this.#phases.set(phase, histogram);
    histogram.record(phaseMs * 1_000, times);
  }
}
