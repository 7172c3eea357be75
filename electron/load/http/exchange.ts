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
  /** A reused connection broke before anything of an answer came, and the request must not be sent twice. */
  | 'stale-connection'
  | 'host-unknown'
  | 'host-unreachable'
  | 'tls-failed'
  | 'certificate-invalid'
  | 'out-of-files'
  | 'out-of-ports'
  | 'incomplete-response'
  /** There is no connection to the proxy. */
  | 'proxy-unreachable'
  /** The proxy wants to know who asks, or does not know who does (407). */
  | 'proxy-authentication-required'
  /** The proxy does not connect to the server. */
  | 'proxy-refused'
  /** What answers speaks no HTTP/2, or says that it does not. */
  | 'http2-unsupported'
  /** The server has given one request up (RST_STREAM), the connection goes on. */
  | 'stream-reset'
  /** The server has given one request up before it did anything with it (REFUSED_STREAM). */
  | 'stream-refused'
  | MalformedKind
  | 'timeout'
  | 'not-finished';

/** A virtual user whose connections are its own. */
export interface ConnectionOwner {
  /** From 1. */
  readonly number: number;
}

/** Who has an exchange that is not settled. */
export interface ExchangeHolder {
  /** Settles it as a `timeout`: its deadline has passed. */
  giveUp(exchange: Exchange, nowMs: number): void;
}

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
  /** When it was written to an open connection; of a request that was sent again, the second time. */
  writtenMs = 0;
  /** When the first byte of the answer came; interim answers (1xx) are none. */
  firstByteMs = 0;
  /** When the last byte had come, or the failure was known. */
  endedMs = 0;
  failure: RequestFailure | undefined;
  /** Set unless it failed. */
  response: HttpResponse | undefined;
  /** From when on an answer comes too late. */
  deadlineMs = 0;
  /** Whether it goes over the wire for the second time. */
  resent = false;
  /** The value of its `traceparent` header; undefined where requests carry none (traceContext.ts). */
  traceparent: string | undefined;
  holder: ExchangeHolder | undefined;
  /** The bytes of the request on the wire, where the connection knows better than the text of the request. */
  sentBytes: number | undefined;
  /** Whose connection carries it; any will do where it is undefined. */
  owner: ConnectionOwner | undefined;
  /** Its neighbours in the list of deadlines, which are part of it so that a request allocates nothing. */
  earlier: Exchange | undefined;
  later: Exchange | undefined;

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
    this.resent = false;
    this.sentBytes = undefined;
  }
}
