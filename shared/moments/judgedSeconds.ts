import { binEndMs, countFrom } from '../run/latencyCounts';
import type { RunInterval } from '../run/metrics';
import { type LoadCurve, loadCurve } from '../scenario/loadCurve';
import type { Scenario } from '../scenario/schema';

/** A second of a run with its planned load. */
export interface JudgedSecond {
  interval: RunInterval;
  /** Successful requests. Percentiles are of these. */
  answered: number;
  /** Requests per second or virtual users; 1 when no load is planned over time. */
  load: number;
  /**
   * The first second that it covers. It is earlier than the second itself when the generator recorded nothing before.
   */
  fromT: number;
}

/** How many seconds on either side of a second are its neighbours. */
const reachS = 30;
/** Loads are similar when they differ by less than this share of the greater one. */
const alikeLoad = 0.2;

/** Returns the planned load at a time, in seconds. */
function loadAt({ points }: LoadCurve, t: number): number {
  const next = points.findIndex((point) => point.t >= t);
  const to = points[next];
  const from = points[next - 1];
  if (!to || !from) return (to ?? points.at(-1))?.value ?? 1;
  return from.value + ((to.value - from.value) * (t - from.t)) / (to.t - from.t);
}

/** Returns the seconds of a run under load, in order. */
export function judgedSeconds(intervals: readonly RunInterval[], { load }: Pick<Scenario, 'load'>): JudgedSecond[] {
  const curve = loadCurve(load);
  return intervals
    .map((interval, place) => ({
      interval,
      fromT: (intervals[place - 1]?.t ?? 0) + 1,
      answered: interval.count - interval.failed,
      load: loadAt(curve, interval.t - 0.5),
    }))
    .filter(({ interval }) => !interval.isDraining);
}

/** Whether the planned loads of two seconds are similar enough to compare them. */
export function isAlike(a: JudgedSecond, b: JudgedSecond): boolean {
  return Math.abs(a.load - b.load) <= alikeLoad * Math.max(a.load, b.load);
}

/** Returns the seconds around one that have a similar load, without the second itself. `seconds` must be in order. */
export function neighboursOf(seconds: readonly JudgedSecond[], place: number): JudgedSecond[] {
  const own = seconds[place];
  if (!own) return [];
  return seconds
    .slice(Math.max(0, place - reachS), place + reachS + 1)
    .filter((other) => other !== own && Math.abs(other.interval.t - own.interval.t) <= reachS && isAlike(own, other));
}

/** Returns the number of requests in the slowest hundredth of a second. */
export function slowestHundredth({ answered }: JudgedSecond): number {
  return Math.ceil(answered / 100);
}

/**
 * Returns how many requests the schedule wanted sent in a second, evenly spread, and that were not dropped; 0 in a
 * closed model. A journey that begins with a think time is due before its first request is.
 */
export function dueIn({ interval: { asked, dropped, sent, iterations } }: JudgedSecond): number {
  const due = Math.max(0, (asked ?? 0) - dropped);
  return iterations === undefined ? due : Math.min(due, sent);
}

/**
 * Returns how many requests of a second took at least as long as a bin bound (shared/run/latencyCounts.ts). Documents
 * before version 0.2 have only percentiles; for them it is the minimum that these prove.
 */
export function slowerThan({ interval, answered }: JudgedSecond, edgeMs: number): number {
  const { latencyCounts, p50, p95, p99, max } = interval;
  if ((max ?? 0) < edgeMs) return 0;
  if (latencyCounts.length > 0) return countFrom(latencyCounts, edgeMs);
  const shares = [
    [p50, 0.5],
    [p95, 0.05],
    [p99, 0.01],
  ] as const;
  const [, share = 0] = shares.find(([latencyMs]) => (latencyMs ?? 0) >= edgeMs) ?? [];
  return Math.max(1, Math.ceil(share * answered));
}

/** Returns the bin bound from which a latency is closer to the limit of a band than to the usual value. */
export function edgeOf(usualMs: number, limitMs: number): number {
  return binEndMs(Math.sqrt(usualMs * limitMs));
}
