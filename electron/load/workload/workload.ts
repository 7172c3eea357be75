import type { WireRequest } from '../http/connectionPool';

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
}
