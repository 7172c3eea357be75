import type { HttpMethod } from '../../../shared/run/target';

/** The body of a request: text, or bytes in pieces, so that files need not be copied. */
export type WireBody = string | readonly Buffer[];

/** A request as it goes over the wire. */
export interface WireRequest {
  method: HttpMethod;
  /** The request line and the headers, including the empty line. */
  head: string;
  body: WireBody | undefined;
  /** The number of the origin among those of the workload. */
  origin: number;
}

/** A response as workloads see it. Header names are looked up in lower case. */
export interface ReceivedResponse {
  status: number;
  header(name: string): string | undefined;
  /** The body as text. */
  text(): string;
}

/** A request, and the check of its response. */
export interface PlannedRequest {
  operation: string;
  wire: WireRequest;
  /** Whether `check` needs the body. If not, the body is read and discarded. */
  keepsBody: boolean;
  /**
   * Judges the response. Returns the failure kind, or undefined for a correct response. Called at most once, when the
   * response is complete.
   */
  check(response: ReceivedResponse): string | undefined;
}

/** Decides what is sent, and remembers what came back. */
export interface Workload {
  /** The next request. */
  next(): PlannedRequest;
  /** Where redirects led that were neither expected nor followed, and what to do about them; only a few. */
  redirect?(): string | undefined;
}
