import { histogramOf } from '../../shared/statistics/histogramMap';
import { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import type { LoadTick } from './protocol';
import { parseServerTiming } from './serverTimingHeader';

/** One request that has come to its end. */
export interface Completion {
  operation: string;
  /** When the schedule wanted it sent; in a closed model when it was sent. */
  intendedMs: number;
  sentMs: number;
  endedMs: number;
  /** The kind of failure, or undefined for success. */
  failure: string | undefined;
  cache: 'hit' | 'miss' | undefined;
  /** The `Server-Timing` header, as it came. */
  serverTiming: string | undefined;
}

/** What a tick says of requests. */
export type RecordedCounts = Pick<
  LoadTick,
  'sent' | 'dropped' | 'failures' | 'cacheHits' | 'cacheLookups' | 'response' | 'service' | 'lateness' | 'serverTiming'
>;

/** The most parts of `Server-Timing` that are kept: a foreign service may send anything. */
const maxServerParts = 32;

/** Counts and histograms of one kind of request since the last flush. */
class Book {
  readonly #service = new LatencyHistogram();
  readonly #lateness = new LatencyHistogram();
  readonly #response = new Map<string, LatencyHistogram>();
  readonly #serverTiming = new Map<string, LatencyHistogram>();
  #failures = new Map<string, number>();
  #cacheHits = 0;
  #cacheLookups = 0;
  #sent = 0;
  dropped = 0;

  sent(latenessMs: number): void {
    this.#sent += 1;
    this.#lateness.record(latenessMs * 1000);
  }

  completed({ operation, intendedMs, sentMs, endedMs, failure, cache, serverTiming }: Completion): void {
    if (cache !== undefined) this.#cacheLookups += 1;
    if (cache === 'hit') this.#cacheHits += 1;
    if (failure !== undefined) {
      this.#failures.set(failure, (this.#failures.get(failure) ?? 0) + 1);
      return;
    }
    histogramOf(this.#response, operation).record((endedMs - intendedMs) * 1000);
    this.#service.record((endedMs - sentMs) * 1000);
    if (serverTiming === undefined) return;
    for (const [name, durationMs] of parseServerTiming(serverTiming)) {
      if (this.#serverTiming.size >= maxServerParts && !this.#serverTiming.has(name)) continue;
      histogramOf(this.#serverTiming, name).record(durationMs * 1000);
    }
  }

  flush(): RecordedCounts {
    const counts: RecordedCounts = {
      sent: this.#sent,
      dropped: this.dropped,
      cacheHits: this.#cacheHits,
      cacheLookups: this.#cacheLookups,
      failures: Object.fromEntries(this.#failures),
      response: drain(this.#response),
      service: this.#service.toSparse(),
      lateness: this.#lateness.toSparse(),
      serverTiming: drain(this.#serverTiming),
    };
    this.#service.reset();
    this.#lateness.reset();
    this.#failures = new Map();
    this.#sent = 0;
    this.#cacheHits = 0;
    this.#cacheLookups = 0;
    this.dropped = 0;
    return counts;
  }
}

function drain(histograms: Map<string, LatencyHistogram>): LoadTick['response'] {
  const sparse: LoadTick['response'] = {};
  for (const [name, histogram] of histograms) {
    if (histogram.count === 0) continue;
    sparse[name] = histogram.toSparse();
    histogram.reset();
  }
  return sparse;
}

/**
 * Counts what happens to the requests of a run where it happens. A request belongs to the warm-up or to the measured
 * part by its intended time, whenever it ends; the two never mix.
 */
export class Recorder {
  readonly #measureFromMs: number;
  readonly #warmup = new Book();
  readonly #measured = new Book();
  #inFlight = 0;
  #activity = 0;
  #lastEndedMs = 0;

  /** `measureFromMs`: the end of the warm-up on the executor's clock. */
  constructor(measureFromMs: number) {
    this.#measureFromMs = measureFromMs;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Grows with everything that is recorded. */
  get activity(): number {
    return this.#activity;
  }

  /** When the last request came to its end, on the executor's clock; 0 before the first. */
  get lastEndedMs(): number {
    return this.#lastEndedMs;
  }

  /** A request was sent. */
  sent(intendedMs: number, sentMs: number): void {
    this.#activity += 1;
    this.#inFlight += 1;
    this.#bookOf(intendedMs).sent(sentMs - intendedMs);
  }

  /** Requests that the schedule wanted could not be sent. */
  dropped(intendedMs: number, count = 1): void {
    this.#bookOf(intendedMs).dropped += count;
  }

  /** A request came to its end. */
  completed(completion: Completion): void {
    this.#activity += 1;
    this.#inFlight -= 1;
    this.#lastEndedMs = Math.max(this.#lastEndedMs, completion.endedMs);
    this.#bookOf(completion.intendedMs).completed(completion);
  }

  /** Forgets requests in flight whose end will never be known. */
  abandonInFlight(): void {
    this.#inFlight = 0;
  }

  /** What was recorded of the warm-up or of the measured part since the last call for it. */
  flush(warmup: boolean): RecordedCounts {
    return (warmup ? this.#warmup : this.#measured).flush();
  }

  #bookOf(intendedMs: number): Book {
    return intendedMs < this.#measureFromMs ? this.#warmup : this.#measured;
  }
}
