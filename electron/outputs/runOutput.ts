import type { RunEvent } from '../../shared/run/events';
import type { RequestPhase, RunInterval } from '../../shared/run/metrics';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';

/** A second of the measured part with its raw distributions, in microseconds. */
export interface OutputSecond {
  interval: RunInterval;
  /** Response time of successful requests by operation. */
  response: ReadonlyMap<string, LatencyHistogram>;
  /** Send lateness; empty in a closed model. */
  lateness: LatencyHistogram;
  phases: ReadonlyMap<RequestPhase, LatencyHistogram>;
  /** Durations of completed iterations by journey; only for scenarios with journeys. */
  journeys?: ReadonlyMap<string, LatencyHistogram>;
}

/**
 * Sends the figures of a run elsewhere while the run is in progress. It never throws, and the run never waits for it.
 */
export interface RunOutput {
  onEvent(event: RunEvent): void;
  onSecond(second: OutputSecond): void;
  /**
   * Sends the remaining figures after the run has ended. `signal` ends any wait for others. Resolves with messages for
   * the user, one sentence each. Never rejects.
   */
  close(signal: AbortSignal): Promise<string[]>;
}
