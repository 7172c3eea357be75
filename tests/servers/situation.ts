import type { z } from 'zod';
import type { scenarioSchema } from '../../shared/scenario/schema';
import type { RunningServer } from './serve';

/** Inclusive bounds, or the one value that is right. */
export type Range = number | readonly [low: number, high: number];

/** Failed requests of a kind, and how many there must be. A kind in words that may change is matched as a pattern. */
export interface ExpectedFailure {
  kind: RegExp;
  count: Range;
}

/** What is right of a run that ends in a verdict. Everything that is left out here has an exact default. */
export interface ExpectedRun {
  verdict: 'passed' | 'failed' | 'inconclusive';
  /** Requests that ended, failed ones included. */
  requests?: Range;
  /** All failures, by kind: those that are not named here must not be. None when left out. */
  failures?: readonly ExpectedFailure[];
  /** Response times in ms. */
  p50?: Range;
  p95?: Range;
  /** Requests per second of the document. */
  rate?: Range;
  /** Sent again on a fresh connection, because the server closed the one that was in use. Not judged when left out. */
  reconnects?: Range;
  /** Connections that the server saw. */
  connections?: Range;
  /** What the terminal must say besides the verdict. */
  says?: RegExp;
}

/** What is right of a command that cannot run the load. It never hangs, and says what is wrong. */
export interface ExpectedRefusal {
  exitCodes: readonly number[];
  says: RegExp;
}

type ScenarioFile = Omit<z.input<typeof scenarioSchema>, 'schema' | 'id' | 'name'>;

/**
 * A server, a load, and what is right about them: the only export of a file, `situation`. The file's name is the
 * situation's, its folder the theme.
 */
export interface Situation {
  /** Who does this, and what a load generator gets wrong about it. */
  standsFor: string;
  /** Starts the server on a free port of loopback. Throws {@link Missing} where the machine lacks what it takes. */
  start: () => Promise<RunningServer>;
  scenario: ScenarioFile;
  /** Options of the command besides the scenario and the URL. */
  options?: readonly string[];
  /** How many files the command may have open, as `ulimit -n` sets it. */
  openFiles?: number;
  /** Runs while nothing else does: what is right depends on times that are not far from a limit. */
  alone?: boolean;
  expected: ExpectedRun | ExpectedRefusal;
}

/** What a situation needs and the machine has not: the test is skipped and says so. */
export class Missing extends Error {}

/** The least that a wait of a server may measure: timers are early by up to a millisecond. */
const timerErrorMs = 1.5;

/**
 * A response time of which the server waits `ms`. A busy machine adds to it and takes nothing from it, so the lower
 * bound is close and the upper one is not.
 */
export function waited(ms: number): Range {
  return [ms - timerErrorMs, 2 * ms + 500];
}

/** The response time of a server that answers at once, below every limit that such situations have. */
export const atOnce: Range = [0, 500];

/** What stands in a scenario that asks for P95 under `ms`. */
export function p95Under(ms: number): { http_req_duration: string[] } {
  return { http_req_duration: [`p(95)<${ms}`] };
}

/** `rate` requests a second at equal distances for `seconds`, and time enough for what is under way at the end. */
export function steady(
  rate: number,
  seconds: number,
): { executor: 'constant-arrival-rate'; rate: number; duration: string; gracefulStop: string } {
  return { executor: 'constant-arrival-rate', rate, duration: `${seconds}s`, gracefulStop: '10s' };
}
