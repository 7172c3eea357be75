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
  /** A reused connection broke before any byte of the response, and the request must not be sent twice. */
  | 'stale-connection'
  | 'host-unknown'
  | 'host-unreachable'
  | 'tls-failed'
  | 'certificate-invalid'
  | 'out-of-files'
  | 'out-of-ports'
  | 'incomplete-response'
  /** No connection to the proxy could be opened. */
  | 'proxy-unreachable'
  /** The proxy requires credentials or rejects those that were sent (407). */
  | 'proxy-authentication-required'
  /** The proxy refused to connect to the server. */
  | 'proxy-refused'
  /** The server does not speak HTTP/2, or says so. */
  | 'http2-unsupported'
  /** The server aborted one request (RST_STREAM); the connection continues. */
  | 'stream-reset'
  /** The server rejected one request before it processed it (REFUSED_STREAM). */
  | 'stream-refused'
  | MalformedKind
  | 'timeout'
  | 'not-finished';

/** A virtual user that has connections of its own. */
export interface ConnectionOwner {
  /** From 1. */
  readonly number: number;
}

/** What holds an unsettled exchange. */
export interface ExchangeHolder {
  /** Settles the exchange as a `timeout`, because its deadline has passed. */
  giveUp(exchange: Exchange, nowMs: number): void;
}

/**
 * A request and its outcome. Times are in ms on the load's clock. Executors reuse exchanges, so that a request
 * allocates nothing; an exchange is valid until `onSettled` returns.
 */
export class Exchange {
  readonly onSettled: (exchange: Exchange) => void;
  request: PlannedRequest | undefined;
  /** The intended send time. In a closed model this is the time at which it was sent. */
  intendedMs = 0;
  /** When the executor passed it to the client. */
  sentMs = 0;
  /** When it was written to an open connection. For a request that was sent again, this is the second time. */
  writtenMs = 0;
  /** When the first byte of the response arrived; interim responses (1xx) do not count. */
  firstByteMs = 0;
  /** When the last byte arrived or the request failed. */
  endedMs = 0;
  failure: RequestFailure | undefined;
  /** Set unless it failed. */
  response: HttpResponse | undefined;
  /** The time from which a response is too late. */
  deadlineMs = 0;
  /** Whether it is sent for the second time. */
  resent = false;
  /** The value of its `traceparent` header; undefined when requests carry none (traceContext.ts). */
  traceparent: string | undefined;
  holder: ExchangeHolder | undefined;
  /** The size of the request on the wire in bytes, if the connection has measured it. */
  sentBytes: number | undefined;
  /** The virtual user whose connection must carry it; undefined when any connection can. */
  owner: ConnectionOwner | undefined;
  /** Its neighbours in the list of deadlines. They are stored here so that a request allocates nothing. */
  earlier: Exchange | undefined;
  later: Exchange | undefined;

  constructor(onSettled: (exchange: Exchange) => void) {
    this.onSettled = onSettled;
  }

  /** The kind of failure of a settled exchange; undefined for a correct response. Call it once. */
  judge(): string | undefined {
    if (this.failure !== undefined || !this.response) return this.failure ?? 'not-finished';
    return this.request?.check(this.response);
  }

  /** Prepares the exchange for the next request. */
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
