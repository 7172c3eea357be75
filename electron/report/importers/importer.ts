import type { ImportedLatency, ImportedResult } from '../../../shared/interchange/importedResult';
import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import type { ImportFile } from './importFile';

/** What an importer finds in a file; where it came from is added to it. */
export type ImportedFigures = Omit<ImportedResult, 'schema' | 'id' | 'importedAt' | 'file'>;

/** Reads one shape of a JSON document. */
export interface DocumentImporter {
  /** Whether a value has this shape; what it holds may still be wrong. */
  accepts(value: object): boolean;
  /** The results in a document, at least one. Throws anything for a value that is not as it should be. */
  read(value: unknown): ImportedFigures[];
}

/** Reads one shape of a file, line by line or row by row. */
export interface FileImporter {
  /** Whether a file begins like this shape. */
  accepts(head: string, headBytes: Uint8Array): boolean;
  /** The results in a file; none when it turns out to be of no tool that is known. */
  read(file: ImportFile): Promise<ImportedFigures[]>;
}

/**
 * Thrown for what a tool has written in a form that is not read: the message goes on after the name of the file, and
 * `advice` names the option of the tool that writes a form that is.
 */
export class UnreadableForm extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** A result of which a file tells `known`, and nothing else. */
export function withUnknowns(
  known: Pick<ImportedFigures, 'tool' | 'latency' | 'metrics'> & Partial<ImportedFigures>,
): ImportedFigures {
  return {
    toolVersion: null,
    subject: null,
    startedAt: null,
    durationMs: null,
    thresholds: [],
    intervals: [],
    histogram: null,
    notes: [],
    ...known,
  };
}

/** Percentiles of a summary, without those that the tool does not have. */
export function percentiles(values: Record<string, number | null | undefined>): ImportedLatency['percentiles'] {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
    ),
  );
}

const reported = [50, 75, 90, 95, 99, 99.9] as const;

/** A distribution as its summary. */
export function latencyOf(histogram: LatencyHistogram): ImportedLatency {
  const some = histogram.count > 0;
  return {
    count: histogram.count,
    min: some ? toMs(histogram.minUs) : null,
    mean: some ? toMs(histogram.meanUs) : null,
    max: some ? toMs(histogram.maxUs) : null,
    percentiles: some
      ? Object.fromEntries(reported.map((percentile) => [percentile, toMs(histogram.percentileUs(percentile))]))
      : {},
  };
}

/** The share of failures among requests. */
export function failures(count: number, of: number): { count: number; rate: number } {
  return { count, rate: of > 0 ? count / of : 0 };
}

/** A time as an ISO text; null where it can't be one at which a tool has run, such as 0. */
export function startedAtOf(ms: number | null | undefined): string | null {
  const isPlausible = ms !== null && ms !== undefined && ms >= Date.UTC(2000) && ms < Date.UTC(2100);
  return isPlausible ? new Date(ms).toISOString() : null;
}

/** How long `count` requests took at a rate that the file states, to a thousandth of a ms. */
export function durationAtRate(count: number, rate: number | null | undefined): number | null {
  return rate ? Math.round((count / rate) * 1e6) / 1_000 : null;
}
