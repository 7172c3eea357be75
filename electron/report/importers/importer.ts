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
  accepts(head: string): boolean;
  read(file: ImportFile): Promise<ImportedFigures[]>;
}

/** Percentiles of a summary, without those that the tool does not have. */
export function percentiles(values: Record<string, number | null | undefined>): ImportedLatency['percentiles'] {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
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
