/** A second of an operation: the successful requests, and their P95 in ms. */
export interface OperationSecond {
  /** The end of the second, from 1. */
  t: number;
  count: number;
  p95Ms: number;
}

/** The seconds of an operation with successful requests, in order. */
export interface OperationSeconds {
  operation: string;
  seconds: readonly OperationSecond[];
}
