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

/**
 * Where a run is kept while it goes on. What has been handed over survives a crash of the app. All methods throw a
 * ProofloadError when nothing can be kept.
 */
export interface RunArchive {
  begin(run: RunDescription): void;
  append(runId: string, second: RecordedSecond): void;
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
