import { PartProfile, type SparseProfile } from '../../shared/attribution/partProfile';
import type { SlowRequest } from '../../shared/run/slowRequest';
import { highestTrackableUs, LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import { type CacheLookup, CacheLookups } from './cacheStatus';
import type { Exchange } from './http/exchange';
import { NamedHistograms } from './namedHistograms';
import type { LoadTick } from './protocol';
import { RequestFailures } from './requestFailures';
import { RequestParts } from './requestParts';
import { SlowestRequests } from './slowestRequests';
import { StageCounters } from './stageCounters';

/** The fields of a tick that concern requests. */
export type RecordedCounts = Pick<
  LoadTick,
  | 'sent'
  | 'dropped'
  | 'droppedByScenario'
  | 'late'
  | 'lateFailed'
  | 'failures'
  | 'errorsByOperation'
  | 'cacheHits'
  | 'cacheLookups'
  | 'response'
  | 'service'
  | 'lateness'
  | 'blocked'
  | 'waiting'
  | 'receiving'
  | 'serverTiming'
  | 'stages'
  | 'parts'
>;

/** The maximum number of `Server-Timing` parts that are kept, because an external service may send any number. */
const maxServerParts = 32;

/** The end of a stage of the load, on the executor's clock. */
export interface StageEnd {
  name: string;
  endMs: number;
}

/** The attribution and the slowest requests of one operation. */
class OperationCounters {
  /** Since the last flush. */
  readonly profile = new PartProfile();
  /** Of the whole run. */
  readonly slowest = new SlowestRequests();
}

/** Whether a failure means that the client stopped waiting for the request. */
function isUnended(failure: string | undefined): boolean {
  return failure === 'timeout' || failure === 'not-finished';
}

/** Whole microseconds. A fraction that is passed to a function is allocated; a small whole number is not. */
function wholeUs(durationMs: number): number {
  return Math.min(durationMs * 1000 + 0.5, highestTrackableUs) | 0;
}

/** Counts and histograms of the requests of the warm-up or of the measured part, since the last flush. */
class RequestCounters {
  readonly #service = new LatencyHistogram();
  readonly #lateness = new LatencyHistogram();
  readonly #blocked = new LatencyHistogram();
  readonly #waiting = new LatencyHistogram();
  readonly #receiving = new LatencyHistogram();
  readonly #response = new NamedHistograms();
  readonly #serverTiming = new NamedHistograms(maxServerParts);
  readonly #stages = new StageCounters();
  readonly #operations = new Map<string, OperationCounters>();
  readonly #parts = new RequestParts((name, durationUs) => {
    this.#serverTiming.ofFew(name)?.record(durationUs);
  });
  readonly #lookups = new CacheLookups();
  readonly #failures = new RequestFailures();
  #cacheHits = 0;
  #cacheLookups = 0;
  #sent = 0;
  #dropped = 0;
  readonly #droppedByScenario = new Map<string, number>();
  #late = 0;
  #lateFailed = 0;

  sent(latenessMs: number): void {
    this.#sent += 1;
    this.#lateness.record(wholeUs(latenessMs));
  }

  sentWithoutSchedule(): void {
    this.#sent += 1;
  }

  dropped(count: number, stage: string | undefined, scenario: string | undefined): void {
    this.#dropped += count;
    if (stage !== undefined) this.#stages.of(stage).dropped += count;
    if (scenario !== undefined && count > 0)
      this.#droppedByScenario.set(scenario, (this.#droppedByScenario.get(scenario) ?? 0) + count);
  }

  completed(exchange: Exchange, failure: string | undefined, stage: string | undefined, isLate: boolean): void {
    const { request, response } = exchange;
    if (isLate) {
      this.#late += 1;
      if (failure !== undefined) this.#lateFailed += 1;
    }
    if (response) this.#noteCache(this.#lookups.of(response));
    const operation = request?.operation ?? '';
    const { intendedMs, sentMs, writtenMs, firstByteMs, endedMs } = exchange;
    const responseUs = wholeUs(endedMs - intendedMs);
    if (failure !== undefined) {
      this.#failed(failure, operation, stage);
      // A request without a response has no parts.
      if (response) this.#noteSlow(this.#countersOf(operation), exchange, responseUs, failure);
      return;
    }
    const blockedUs = wholeUs(writtenMs - sentMs);
    const waitingUs = wholeUs(firstByteMs - writtenMs);
    const receivingUs = wholeUs(endedMs - firstByteMs);
    this.#response.of(operation).record(responseUs);
    this.#service.record(wholeUs(endedMs - sentMs));
    this.#blocked.record(blockedUs);
    this.#waiting.record(waitingUs);
    this.#receiving.record(receivingUs);
    if (stage !== undefined) this.#stages.of(stage).response.record(responseUs);
    const sendWaitUs = wholeUs(sentMs - intendedMs);
    const counters = this.#countersOf(operation);
    this.#parts.record(counters.profile, exchange, sendWaitUs, blockedUs, waitingUs, receivingUs);
    this.#noteSlow(counters, exchange, responseUs, undefined);
  }

  /** The slowest answered requests of the whole run. `fromMs` is the start of the measured part. */
  slowest(fromMs: number): SlowRequest[] {
    return [...this.#operations].flatMap(([operation, { slowest }]) => slowest.requests(operation, fromMs));
  }

  flush(): RecordedCounts {
    const counts: RecordedCounts = {
      sent: this.#sent,
      dropped: this.#dropped,
      ...(this.#droppedByScenario.size > 0 ? { droppedByScenario: Object.fromEntries(this.#droppedByScenario) } : {}),
      late: this.#late,
      lateFailed: this.#lateFailed,
      cacheHits: this.#cacheHits,
      cacheLookups: this.#cacheLookups,
      ...this.#failures.flush(),
      response: this.#response.flush(),
      service: flush(this.#service),
      lateness: flush(this.#lateness),
      blocked: flush(this.#blocked),
      waiting: flush(this.#waiting),
      receiving: flush(this.#receiving),
      serverTiming: this.#serverTiming.flush(),
      stages: this.#stages.flush(),
      parts: this.#flushParts(),
    };
    this.#droppedByScenario.clear();
    this.#sent = 0;
    this.#cacheHits = 0;
    this.#cacheLookups = 0;
    this.#dropped = 0;
    this.#late = 0;
    this.#lateFailed = 0;
    return counts;
  }

  #failed(kind: string, operation: string, stage: string | undefined): void {
    this.#failures.add(kind, operation);
    if (stage !== undefined) this.#stages.of(stage).failures.add(kind);
  }

  #noteCache(lookup: CacheLookup): void {
    if (lookup === undefined) return;
    this.#cacheLookups += 1;
    if (lookup === 'hit') this.#cacheHits += 1;
  }

  #flushParts(): Record<string, SparseProfile> {
    const parts: Record<string, SparseProfile> = {};
    for (const [operation, { profile }] of this.#operations) {
      if (profile.count === 0) continue;
      parts[operation] = profile.toSparse();
      profile.reset();
    }
    return parts;
  }

  #noteSlow({ slowest }: OperationCounters, exchange: Exchange, responseUs: number, failure: string | undefined): void {
    if (responseUs > slowest.leastUs) slowest.add(exchange, responseUs, failure);
  }

  #countersOf(operation: string): OperationCounters {
    const found = this.#operations.get(operation);
    if (found) return found;
    const created = new OperationCounters();
    this.#operations.set(operation, created);
    return created;
  }
}

function flush(histogram: LatencyHistogram): SparseHistogram {
  const sparse = histogram.toSparse();
  histogram.reset();
  return sparse;
}

/**
 * Counts the results of requests in the load process itself. A request belongs to the warm-up or to the measured part,
 * and to a stage, by its intended time, whenever it ends; they never mix. Recording a request allocates nothing.
 */
export class Recorder {
  readonly #measureFromMs: number;
  readonly #stages: readonly StageEnd[];
  readonly #warmup = new RequestCounters();
  readonly #measured = new RequestCounters();
  #inFlight = 0;
  #activity = 0;
  #lastAnsweredMs = 0;
  #endMs: number;

  /**
   * `measureFromMs`: the end of the warm-up on the executor's clock. `stages`: in the order of their ends. `endMs`: the
   * planned end of the load; without it, no request is late.
   */
  constructor(measureFromMs: number, stages: readonly StageEnd[] = [], endMs = Number.POSITIVE_INFINITY) {
    this.#measureFromMs = measureFromMs;
    this.#stages = stages;
    this.#endMs = endMs;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** A number that grows with every recorded event. */
  get activity(): number {
    return this.#activity;
  }

  /**
   * When the last request ended, on the executor's clock; 0 before the first. Requests that timed out or were cut off
   * do not count: their end depends on how long the client waited, not on the work.
   */
  get lastAnsweredMs(): number {
    return this.#lastAnsweredMs;
  }

  /** The load has ended before its planned end. Requests that are still in flight are late. */
  endEarly(endMs: number): void {
    this.#endMs = Math.min(this.#endMs, endMs);
  }

  /** A request was sent. */
  sent(intendedMs: number, sentMs: number): void {
    this.#activity += 1;
    this.#inFlight += 1;
    this.#countersAt(intendedMs).sent(sentMs - intendedMs);
  }

  /**
   * Records the requests of virtual users without a schedule, in a run that also has scenarios with one. Such a request
   * is sent as soon as it is intended, so it has no lateness that could hide the lateness of others.
   */
  withoutSchedule(): Pick<Recorder, 'sent' | 'completed'> {
    return {
      sent: (intendedMs) => {
        this.#activity += 1;
        this.#inFlight += 1;
        this.#countersAt(intendedMs).sentWithoutSchedule();
      },
      completed: (exchange, failure) => this.completed(exchange, failure),
    };
  }

  /** Iterations of the schedule could not be started. `scenario`: one of several in the run. */
  dropped(intendedMs: number, count = 1, scenario?: string): void {
    this.#countersAt(intendedMs).dropped(count, this.#stageOf(intendedMs), scenario);
  }

  /** A request has ended. `failure` is its kind of failure; undefined for success. */
  completed(exchange: Exchange, failure: string | undefined): void {
    this.#activity += 1;
    this.#inFlight -= 1;
    const { intendedMs, endedMs } = exchange;
    if (!isUnended(failure) && endedMs > this.#lastAnsweredMs) this.#lastAnsweredMs = endedMs;
    this.#countersAt(intendedMs).completed(exchange, failure, this.#stageOf(intendedMs), endedMs > this.#endMs);
  }

  /** Forgets requests in flight whose end will never be known. */
  abandonInFlight(): void {
    this.#inFlight = 0;
  }

  /** The slowest answered requests of the measured part, by operation. */
  get slowest(): SlowRequest[] {
    return this.#measured.slowest(this.#measureFromMs);
  }

  /** What was recorded of the warm-up or of the measured part since the last call for it. */
  flush(warmup: boolean): RecordedCounts {
    return (warmup ? this.#warmup : this.#measured).flush();
  }

  #countersAt(intendedMs: number): RequestCounters {
    return intendedMs < this.#measureFromMs ? this.#warmup : this.#measured;
  }

  #stageOf(intendedMs: number): string | undefined {
    if (this.#stages.length === 0 || intendedMs < this.#measureFromMs) return undefined;
    for (const { name, endMs } of this.#stages) if (intendedMs < endMs) return name;
    return this.#stages.at(-1)?.name;
  }
}
