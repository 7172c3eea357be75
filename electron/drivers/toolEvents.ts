import type { RequestPhase } from '../../shared/run/metrics';

/** A request as a tool reports it when it has ended. All times are in ms; moments are those of the wall clock. */
export interface ToolRequest {
  startedMs: number;
  endedMs: number;
  operation: string;
  /** The failure kind; undefined for a success. */
  failure: string | undefined;
  /** Whether a connection was opened for it. */
  opensConnection: boolean;
  /** The phases that the tool reports, in ms. */
  phases: Partial<Record<RequestPhase, number>>;
  /** Whether it belongs to the warm-up, if the tool reports that. Otherwise its start decides. */
  isWarmup?: boolean | undefined;
  /** How many equal requests this stands for, if the tool reports histograms. 1 by default. */
  times?: number;
}

/** How many equal events one stands for, if the tool reports histograms or counters. */
export interface ToolSeveral {
  times: number;
  /** Whether they belong to the warm-up. Without this, their time decides. */
  isWarmup: boolean;
}

/** A phase of several requests, as a tool reports it that reports histograms of phases. */
export interface ToolPhase {
  endedMs: number;
  phase: RequestPhase;
  durationMs: number;
  times: number;
  isWarmup: boolean;
  /** Whether the requests have failed. Their phases are not recorded, but the connections count that they opened. */
  hasFailed: boolean;
}

/** Receives what a process of a tool reports while it generates a load. */
export interface ToolListener {
  /** The first users arrive at this moment. */
  started(atMs: number): void;
  /**
   * A request was sent. Not all tools report this before its end. `isWarmup`: whether it belongs to the warm-up, if the
   * tool reports that. Otherwise its time decides.
   */
  sent(atMs: number, isWarmup?: boolean): void;
  ended(request: ToolRequest): void;
  /** A phase of requests that were reported without it. */
  phase(phase: ToolPhase): void;
  /** Iterations that the tool could not begin. */
  dropped(atMs: number, count: number): void;
  /**
   * An iteration began. Not all tools report this. An iteration that began and does not end has failed or was cut off.
   * `isWarmup` as for {@link sent}.
   */
  iterationBegan(journey: string, atMs: number, isWarmup?: boolean): void;
  /** An iteration completed. */
  iterationEnded(journey: string, startedMs: number, endedMs: number, several?: ToolSeveral): void;
  checked(atMs: number, operation: string, check: string, ok: boolean, several?: ToolSeveral): void;
  /** The largest event loop delay of a process of the tool since its last report, in ms. */
  wasLate(atMs: number, loopDelayMs: number): void;
}
