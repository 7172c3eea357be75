import type { HttpMethod } from '../../../shared/run/target';

/** What follows the head of a request: text, or bytes in pieces, so that files need not be copied. */
export type WireBody = string | readonly Buffer[];

/** A request as it goes over the wire. */
export interface WireRequest {
  method: HttpMethod;
  /** Request line and headers with the empty line. */
  head: string;
  body: WireBody | undefined;
  /** The number of the origin, among those that the workload goes to. */
  origin: number;
}

/** What a driver knows of a response; header names are looked up in lower case. */
export interface ReceivedResponse {
  status: number;
  header(name: string): string | undefined;
  /** The body as text. */
  text(): string;
}

/** A request, and what its response must be. */
export interface PlannedRequest {
  operation: string;
  wire: WireRequest;
  /** Whether `check` looks at the body; if not, it is read and thrown away. */
  keepsBody: boolean;
  /**
   * Judges the response. Returns the kind of failure, or undefined for a right answer. Called at most once, when the
   * response is complete.
   */
  check(response: ReceivedResponse): string | undefined;
}

/** Decides what is sent, and remembers what came back. */
export interface Workload {
  /** The next request. */
  next(): PlannedRequest;
  /** Where answers led that were redirects, neither expected nor followed, and what to do about it; a few of them. */
  redirect?(): string | undefined;
}
