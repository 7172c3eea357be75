import { type SlowRequest, slowestKept } from '../../shared/run/slowRequest';
import { highestTrackableUs } from '../../shared/statistics/latencyHistogram';
import type { Exchange } from './http/exchange';
import type { HttpResponse } from './http/responseParser';
import { traceIdOf } from './http/traceContext';

interface Kept extends Omit<SlowRequest, 'operation' | 'startMs'> {
  intendedMs: number;
  responseUs: number;
}

/** `traceresponse`, and `traceparent` from services that send back what they received (W3C Trace Context, level 2). */
const traceHeaders = ['traceresponse', 'traceparent'];

function answeredTraceId(response: HttpResponse | undefined): string | undefined {
  for (const name of traceHeaders) {
    const traceId = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(response?.header(name) ?? '')?.[1];
    if (traceId !== undefined) return traceId;
  }
  return undefined;
}

/** Milliseconds rounded to the microsecond, the resolution of the clock; at least 0. */
function toMicrosecond(durationMs: number): number {
  return Math.max(0, Math.round(durationMs * 1_000) / 1_000);
}

/**
 * The slowest requests of one operation. A request that is not among them costs only a comparison with {@link leastUs}.
 * One that is replaces the quickest of them.
 */
export class SlowestRequests {
  readonly #kept: Kept[] = [];
  #quickest = 0;
  /** The response time that a request must exceed to be kept, in microseconds; -1 until enough requests are kept. */
  leastUs = -1;

  /** Keeps a request that is slower than {@link leastUs}. */
  add(exchange: Exchange, responseUs: number, failure: string | undefined): void {
    const { intendedMs, sentMs, writtenMs, firstByteMs, endedMs, response } = exchange;
    const traceId = traceIdOf(exchange) ?? answeredTraceId(response);
    const kept: Kept = {
      intendedMs,
      responseUs,
      durationMs: toMicrosecond(endedMs - intendedMs),
      sendLatenessMs: toMicrosecond(sentMs - intendedMs),
      blockedMs: toMicrosecond(writtenMs - sentMs),
      waitingMs: toMicrosecond(firstByteMs - writtenMs),
      receivingMs: toMicrosecond(endedMs - firstByteMs),
      status: response?.status ?? 0,
      ...(failure === undefined ? {} : { failure }),
      ...(traceId === undefined ? {} : { traceId }),
    };
    if (this.#kept.length < slowestKept) this.#kept.push(kept);
    else this.#kept[this.#quickest] = kept;
    if (this.#kept.length === slowestKept) this.#findQuickest();
  }

  /** The kept requests, in no particular order. `fromMs` is the start of the measured part on the executor's clock. */
  requests(operation: string, fromMs: number): SlowRequest[] {
    return this.#kept.map(({ intendedMs, responseUs: _responseUs, ...request }) => ({
      operation,
      startMs: toMicrosecond(intendedMs - fromMs),
      ...request,
    }));
  }

  #findQuickest(): void {
    let leastUs = highestTrackableUs;
    this.#kept.forEach(({ responseUs }, place) => {
      if (responseUs > leastUs) return;
      leastUs = responseUs;
      this.#quickest = place;
    });
    this.leastUs = leastUs;
  }
}
