import type { OutputTotals } from './outputTotals';

/** One of the slowest requests, which stands for those that took about as long, and leads to its trace. */
export interface Exemplar {
  /** 32 hexadecimal digits (W3C Trace Context). */
  traceId: string;
  /** Its response time, in seconds. */
  valueS: number;
  /** When it ended, in ms since 1970. */
  atMs: number;
}

/**
 * The slowest successful requests of each operation whose traces are known, slowest first. They are known at the end of
 * a run. A capacity search has none: the time of its last load is not known here.
 */
export function exemplarsByOperation({ document, measuredFromMs }: OutputTotals): Map<string, Exemplar[]> {
  if (!document || document.capacity || measuredFromMs === undefined) return new Map();
  const traced = document.slowest.flatMap(({ operation, startMs, durationMs, failure, traceId }) =>
    traceId === undefined || failure !== undefined
      ? []
      : [{ operation, traceId, valueS: durationMs / 1_000, atMs: measuredFromMs + startMs + durationMs }],
  );
  return new Map(
    [...Map.groupBy(traced, ({ operation }) => operation)].map(([operation, all]) => [
      operation,
      all.map(({ operation: _operation, ...exemplar }) => exemplar),
    ]),
  );
}
