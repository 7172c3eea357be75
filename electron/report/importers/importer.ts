import type { ImportedLatency, ImportedResult } from '../../../shared/interchange/importedResult';
import { highestTrackableUs, type LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import type { ImportFile } from './importFile';

/** The figures that an importer finds in a file; the caller adds where the file came from. */
export type ImportedFigures = Omit<ImportedResult, 'schema' | 'id' | 'importedAt' | 'file'>;

/** Reads one form of a JSON document. */
export interface DocumentImporter {
  /** Whether a value has this form; its content may still be wrong. */
  accepts(value: object): boolean;
  /** Returns the results in a document, at least one. Throws on malformed values. */
  read(value: unknown): ImportedFigures[];
}

/** Reads one form of a file by lines or rows. */
export interface FileImporter {
  /** Whether the start of a file has this form. */
  accepts(head: string, headBytes: Uint8Array): boolean;
  /** Returns the results in a file; none when it turns out to be from no known tool. */
  read(file: ImportFile): Promise<ImportedFigures[]>;
}

/**
 * Thrown for a form that a known tool writes and Proofload does not read. The message continues after the name of the
 * file; `advice` names the option of the tool that writes a supported form.
 */
export class UnreadableForm extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** Returns a result with the `known` figures; all others are unknown. */
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

/** Returns the percentiles of a summary, without those that the tool did not state. */
export function percentiles(values: Record<string, number | null | undefined>): ImportedLatency['percentiles'] {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
    ),
  );
}

const reported = [50, 75, 90, 95, 99, 99.9] as const;

/** Returns the summary of a distribution. */
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

/**
 * Counts a latency, `times` times. Throws `UnreadableForm` for a latency above the range of the histogram, which would
 * count it as a shorter one.
 */
export function recordMs(histogram: LatencyHistogram, latencyMs: number, times = 1): void {
  if (latencyMs * 1_000 > highestTrackableUs)
    throw new UnreadableForm(
      `has a latency of ${Math.round(latencyMs / 60_000)} minutes, more than the ${Math.floor(highestTrackableUs / 60e6)} that Proofload can tell apart`,
      'import a file without such requests',
    );
  histogram.record(latencyMs * 1_000, times);
}

/** Returns the error for a file in which a tool has counted no requests. `what` says what the file has instead. */
export function withoutRequests(what = 'no requests'): UnreadableForm {
  return new UnreadableForm(`has ${what}`, 'import the file of a run that sent some');
}

/** Returns the share of failures among requests. */
export function failures(count: number, of: number): { count: number; rate: number } {
  return { count, rate: of > 0 ? count / of : 0 };
}

/** Returns a time as ISO text; null for values such as 0, at which no tool can have run. */
export function startedAtOf(ms: number | null | undefined): string | null {
  const isPlausible = ms !== null && ms !== undefined && ms >= Date.UTC(2000) && ms < Date.UTC(2100);
  return isPlausible ? new Date(ms).toISOString() : null;
}

/** Returns how long `count` requests took at the stated rate, in ms, to a thousandth. */
export function durationAtRate(count: number, rate: number | null | undefined): number | null {
  return rate ? Math.round((count / rate) * 1e6) / 1_000 : null;
}
