import type { PartProfile } from '../../shared/attribution/partProfile';
import type { RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import type { RequestPhase, RunInterval } from '../../shared/run/metrics';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';

/** A second of the measured part with its raw distributions. All histograms in microseconds. */
export interface RecordedSecond {
  interval: RunInterval;
  /** Response time of successful requests by operation. */
  response: ReadonlyMap<string, LatencyHistogram>;
  /** Service time of successful requests. */
  service: LatencyHistogram;
  /** Lateness of sends; empty in a closed model. */
  lateness: LatencyHistogram;
  /** Response time of successful requests by stage of a ramp. */
  stages: ReadonlyMap<string, LatencyHistogram>;
  phases: ReadonlyMap<RequestPhase, LatencyHistogram>;
  /** By part of `Server-Timing`. */
  serverTiming: ReadonlyMap<string, LatencyHistogram>;
  /** Where response time went, by operation. */
  parts: ReadonlyMap<string, PartProfile>;
}

/** A distribution of a second as it is stored: HdrHistogram V2, compressed, base64, microseconds. */
export interface PackedHistogram {
  metric: 'response' | 'stage' | 'phase' | 'serverTiming' | 'service' | 'lateness';
  /** Of the operation, the stage, the phase or the part; empty where there is only one. */
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
