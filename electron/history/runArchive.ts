import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import type { RecordedSecond } from '../measure/recordedSecond';

/** The distribution of one second as stored: HdrHistogram V2, compressed, base64, in microseconds. */
export interface PackedHistogram {
  metric: 'response' | 'stage' | 'phase' | 'serverTiming' | 'service' | 'lateness' | 'journey';
  /** The operation, stage, phase, part or journey; empty where there is only one distribution. */
  name: string;
  histogram: string;
}

/** A second as stored: tens of kilobytes, where a {@link RecordedSecond} takes more than a megabyte. */
export interface PackedSecond {
  t: number;
  /** The interval as JSON. */
  interval: string;
  /** The distributions that have values. */
  histograms: readonly PackedHistogram[];
  /** The split of response time into parts, by operation. */
  parts: readonly { operation: string; profile: string }[];
}

/**
 * Where a run is stored while it is in progress. What was appended survives a crash of the app. All methods throw a
 * ProofloadError when nothing can be stored: `history-in-use` while another process writes, and that soon, because the
 * caller is measuring.
 */
export interface RunArchive {
  begin(run: RunDescription): void;
  /** Stores all of the seconds or none. */
  append(runId: string, seconds: readonly PackedSecond[]): void;
  finish(document: RunDocument): void;
  /** Deletes a run in which nothing was measured. */
  discard(runId: string): void;
}

/** Stores nothing: for `--no-save`. */
export const noArchive: RunArchive = {
  begin: () => {},
  append: () => {},
  finish: () => {},
  discard: () => {},
};
