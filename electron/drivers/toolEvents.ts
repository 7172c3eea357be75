import type { RequestPhase } from '../../shared/run/metrics';

/** A request as a tool tells of it when it has ended. All times in ms, moments on the wall clock. */
export interface ToolRequest {
  startedMs: number;
  endedMs: number;
  operation: string;
  /** The kind of its failure; undefined for one that succeeded. */
  failure: string | undefined;
  /** Whether a connection was opened for it. */
  opensConnection: boolean;
  /** The parts of it that the tool tells. */
  phases: Partial<Record<RequestPhase, number>>;
  /** Whether it belongs to the warm-up, where the tool says so; else its start decides. */
  isWarmup?: boolean | undefined;
}

/** What a process of a tool tells while it makes a load. */
export interface ToolListener {
  /** The first users arrive at this moment. */
  started(atMs: number): void;
  /** A request was sent; only of tools that tell it before its end. */
  sent(atMs: number): void;
  ended(request: ToolRequest): void;
  /** Iterations that the tool could not begin. */
  dropped(atMs: number, count: number): void;
  /** Only of tools that tell it; what has begun there and does not end has failed, or was cut off. */
  iterationBegan(journey: string, atMs: number): void;
  /** An iteration came to its end. */
  iterationEnded(journey: string, startedMs: number, endedMs: number): void;
  checked(atMs: number, operation: string, check: string, ok: boolean): void;
  /** By how much the event loop of a process of the tool was late at worst since it told it last. */
  wasLate(atMs: number, loopDelayMs: number): void;
}
