/** What is known of a second of an operation: the requests that succeeded, and their P95 in ms. */
export interface OperationSecond {
  /** The second's end, from 1. */
  t: number;
  count: number;
  p95Ms: number;
}

/** The seconds of an operation in which requests succeeded, in their order. */
export interface OperationSeconds {
  operation: string;
  seconds: readonly OperationSecond[];
}
