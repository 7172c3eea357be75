import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import type { RecordedSecond } from '../measure/recordedSecond';

/** A distribution of a second as it is stored: HdrHistogram V2, compressed, base64, microseconds. */
export interface PackedHistogram {
  metric: 'response' | 'stage' | 'phase' | 'serverTiming' | 'service' | 'lateness' | 'journey';
  /** Of the operation, the stage, the phase, the part or the journey; empty where there is only one. */
  name: string;
  histogram: string;
}

/** A second as it is stored: tens of kilobytes, where a {@link RecordedSecond} takes more than one megabyte. */
export interface PackedSecond {
  t: number;
  /** The interval as JSON. */
  interval: string;
  /** Those that have counted something. */
  histograms: readonly PackedHistogram[];
  /** Where response time went, by operation. */
  parts: readonly { operation: string; profile: string }[];
}

/**
 * Where a run is kept while it goes on. What has been handed over survives a crash of the app. All methods throw a
 * ProofloadError when nothing can be kept: `history-in-use` while another process writes, and then soon, for they are
 * called by a process that measures.
 */
export interface RunArchive {
  begin(run: RunDescription): void;
  /** Keeps seconds, all of them or none. */
  append(runId: string, seconds: readonly PackedSecond[]): void;
  finish(document: RunDocument): void;
  /** Forgets a run in which nothing was measured. */
  discard(runId: string): void;
}

/** Keeps nothing: for `--no-save`. */
export const noArchive: RunArchive = {
  begin: () => {},
  append: () => {},
  finish: () => {},
  discard: () => {},
};
