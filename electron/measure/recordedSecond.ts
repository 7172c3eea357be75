import type { PartProfile } from '../../shared/attribution/partProfile';
import type { RequestPhase, RunInterval } from '../../shared/run/metrics';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';

/** A second of the measured part with its raw distributions. All histograms are in microseconds. */
export interface RecordedSecond {
  interval: RunInterval;
  /** Response time of successful requests by operation. */
  response: ReadonlyMap<string, LatencyHistogram>;
  /** Service time of successful requests. */
  service: LatencyHistogram;
  /** Send lateness; empty in a closed model. */
  lateness: LatencyHistogram;
  /** Response time of successful requests by stage of a ramp. */
  stages: ReadonlyMap<string, LatencyHistogram>;
  phases: ReadonlyMap<RequestPhase, LatencyHistogram>;
  /** By part of `Server-Timing`. */
  serverTiming: ReadonlyMap<string, LatencyHistogram>;
  /** Durations of completed iterations by journey; only for scenarios with journeys. */
  journeys?: ReadonlyMap<string, LatencyHistogram>;
  /** The attribution of the response time, by operation. */
  parts: ReadonlyMap<string, PartProfile>;
}
