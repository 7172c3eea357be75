import type { PlannedRequest } from '../workload/workload';
import type { MalformedKind } from './malformedResponse';
import type { HttpResponse } from './responseParser';

/** Why a request got no response. The names are the kinds under which failures are counted. */
export type RequestFailure =
  | 'connection-refused'
  | 'connection-reset'
  | 'connection-closed'
  | 'connection-timeout'
  | 'connection-failed'
  | 'host-unknown'
  | 'host-unreachable'
  | 'tls-failed'
  | 'out-of-ports'
  | 'incomplete-response'
  | MalformedKind
  | 'timeout'
  | 'not-finished';

/**
 * A request on its way, and what became of it. Times are on the load's clock, in ms. Executors reuse these objects,
 * so that a request allocates nothing: they are good until `onSettled` returns.
 */
export class Exchange {
  readonly onSettled: (exchange: Exchange) => void;
  request: PlannedRequest | undefined;
  /** When the schedule wanted it sent; in a closed model when it was sent. */
  intendedMs = 0;
  /** When it was handed to the client. */
  sentMs = 0;
  /** When it was written to an open connection. */
  writtenMs = 0;
  firstByteMs = 0;
  /** When the last byte had come, or the failure was known. */
  endedMs = 0;
  failure: RequestFailure | undefined;
  /** Set unless it failed. */
  response: HttpResponse | undefined;

  constructor(onSettled: (exchange: Exchange) => void) {
    this.onSettled = onSettled;
  }

  /** The kind of failure of a settled exchange, or undefined for a right answer. Call once. */
  judge(): string | undefined {
    if (this.failure !== undefined || !this.response) return this.failure ?? 'not-finished';
    return this.request?.check(this.response);
  }

  /** Makes it ready for the next request. */
  begin(request: PlannedRequest, intendedMs: number, sentMs: number): void {
    this.request = request;
    this.intendedMs = intendedMs;
    this.sentMs = sentMs;
    this.writtenMs = 0;
    this.firstByteMs = 0;
    this.failure = undefined;
    this.response = undefined;
  }
}
