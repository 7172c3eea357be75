/** What the lines of charts over time stand for: the operations of a run, or several scenarios in it. */
export const lineSubjects = ['operation', 'scenario'] as const;
export type LineSubject = (typeof lineSubjects)[number];

/** A second of an operation or a scenario: the successful requests, and their P95 in ms. */
export interface OperationSecond {
  /** The end of the second, from 1. */
  t: number;
  count: number;
  p95Ms: number;
}

/** The seconds of an operation or a scenario with successful requests, in order. */
export interface OperationSeconds {
  /** Its name. */
  operation: string;
  seconds: readonly OperationSecond[];
}
