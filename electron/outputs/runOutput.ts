import type { RunEvent } from '../../shared/run/events';
import type { RequestPhase, RunInterval } from '../../shared/run/metrics';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';

/** A second of the measured part with its raw distributions, in microseconds. */
export interface OutputSecond {
  interval: RunInterval;
  /** Response time of successful requests by operation. */
  response: ReadonlyMap<string, LatencyHistogram>;
  /** Lateness of sends; empty in a closed model. */
  lateness: LatencyHistogram;
  phases: ReadonlyMap<RequestPhase, LatencyHistogram>;
  /** Durations of completed iterations by journey; only of scenarios with journeys. */
  journeys?: ReadonlyMap<string, LatencyHistogram>;
}

/** Sends the figures of a run elsewhere while it goes on. It never throws, and nothing of a run waits for it. */
export interface RunOutput {
  onEvent(event: RunEvent): void;
  onSecond(second: OutputSecond): void;
  /**
   * Sends what is left, once the run has ended; `signal` ends the wait for others. Resolves with what the user should
   * know, a sentence each. Never rejects.
   */
  close(signal: AbortSignal): Promise<string[]>;
}
