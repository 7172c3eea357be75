import { binEndMs } from '../run/latencyCounts';
import { incompleteBeta } from '../statistics/incompleteBeta';
import { medianOf } from '../statistics/medianOf';
import { type LatencyBand, latencyBand, leastBeyondMs, shareBand } from './band';
import { dueIn, edgeOf, type JudgedSecond, neighboursOf, slowerThan, slowestHundredth } from './judgedSeconds';

/** The probability that a run with uniform requests has an outlier (docs/adr/025). */
const falseAlarms = 0.01;
/** The minimum number of seconds for a band. */
const fewestNeighbours = 10;
/** A second with fewer failed requests, or a smaller share of them, is not an event. */
const fewestLost = 3;
const leastLostShare = 0.01;
/** Outliers are left out of the bands of other seconds. More passes find nothing new. */
const mostPasses = 4;
/** This many seconds in a row are a lasting event. */
const lastingSeconds = 3;

/** A second that left its band. */
export interface Outlier {
  second: JudgedSecond;
  /** The band of its P99, in ms; undefined when the P99 is within the band. */
  latency: LatencyBand | undefined;
  /** Requests that were slower than usual; 0 when its P99 is within the band. */
  slowed: number;
  /** Failed or unsent requests; 0 when their share is within the band. */
  lost: number;
  /** Whether requests waited in it without any response, or earlier seconds were not recorded. */
  isSilent: boolean;
  /** The seconds around it that it was compared with. */
  neighbours: readonly JudgedSecond[];
}

/** Returns the probability of at least `count` among `of` cases, each with probability `share`. */
function chanceOf(count: number, of: number, share: number): number {
  if (count <= 0) return 1;
  return count > of ? 0 : incompleteBeta(share, count, of - count + 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

interface Slowed {
  latency: LatencyBand;
  slowed: number;
}

/** Judges the P99. It must be beyond the band, and the slow requests must be more than chance puts into one second. */
function judgeLatency(second: JudgedSecond, neighbours: readonly JudgedSecond[], rarest: number): Slowed | undefined {
  const { p99 } = second.interval;
  const known = neighbours.flatMap(({ interval }) => interval.p99 ?? []);
  if (p99 === null || known.length < fewestNeighbours) return undefined;
  // A value beyond the band is far above the median, and so above half of the neighbours. Most seconds stop here
  // without a band.
  if (known.filter((other) => p99 > leastBeyondMs(other)).length < known.length / 2) return undefined;
  const latency = latencyBand(known);
  if (p99 <= latency.limit) return undefined;
  const edgeMs = edgeOf(latency.usual, latency.limit);
  const slowed = slowerThan(second, edgeMs);
  // A neighbour that is an event itself counts with at most its slowest hundredth.
  const around = sum(neighbours.map((other) => Math.min(slowerThan(other, edgeMs), slowestHundredth(other))));
  const share = (around + 1) / (sum(neighbours.map(({ answered }) => answered)) + 1);
  return chanceOf(slowed, second.answered, share) <= rarest ? { latency, slowed } : undefined;
}

function lostIn({ interval }: JudgedSecond): { lost: number; of: number } {
  return { lost: interval.failed + interval.dropped, of: interval.count + interval.dropped };
}

/** Returns how many requests failed or were not sent; 0 when their share is within the band or may be chance. */
function judgeLost(second: JudgedSecond, neighbours: readonly JudgedSecond[], rarest: number): number {
  const { lost, of } = lostIn(second);
  if (lost < fewestLost || lost < leastLostShare * of || neighbours.length < fewestNeighbours) return 0;
  const around = neighbours.map(lostIn).filter((other) => other.of > 0);
  const { limit } = shareBand(around.map((other) => other.lost / other.of));
  if (lost <= limit * of) return 0;
  const counted = sum(around.map((other) => Math.min(other.lost, Math.max(1, limit * other.of))));
  const share = (counted + 1) / (sum(around.map((other) => other.of)) + 1);
  return chanceOf(lost, of, share) <= rarest ? lost : 0;
}

/** What a second is judged by. */
interface Context {
  neighbours: readonly JudgedSecond[];
  rarest: number;
  /** The second before it. */
  before: JudgedSecond | undefined;
  /** What was found in the second after it. */
  after: Outlier | undefined;
}

/** Returns the share of the neighbours' requests that took as long, in ms. It is never 0. */
function shareBeyond(neighbours: readonly JudgedSecond[], latencyMs: number): number {
  const edgeMs = binEndMs(latencyMs);
  const beyond = sum(neighbours.map((other) => slowerThan(other, edgeMs)));
  return (beyond + 1) / (sum(neighbours.map(({ answered }) => answered)) + 1);
}

/**
 * Whether requests waited for longer than is usual in a second without responses. Those that were in flight at its
 * start waited for all of it, and those that were due in its first half for half of it. Requests that a virtual user
 * sent within it may have waited for a moment only.
 */
function isOverdue(second: JudgedSecond, { neighbours, rarest, before }: Context): boolean {
  const waited = shareBeyond(neighbours, 1_000) ** (before?.interval.inFlight ?? 0);
  return waited * shareBeyond(neighbours, 500) ** Math.floor(dueIn(second) / 2) <= rarest;
}

/**
 * Whether a second had no responses although the seconds around it make that too unlikely, and requests waited for
 * them: users who all think at once receive nothing either. It is also silent when nothing was recorded before, because
 * a running generator records every second.
 */
function isSilent(second: JudgedSecond, context: Context): boolean {
  const { interval, fromT } = second;
  const { neighbours, rarest, after } = context;
  if (fromT < interval.t) return true;
  if (interval.count > 0 || neighbours.length < fewestNeighbours) return false;
  // The Poisson probability of zero.
  if (Math.exp(-medianOf(neighbours.map(({ interval: { count } }) => count))) > rarest) return false;
  // A silence that lasts begins with the requests that are in flight when its second second begins.
  const isBeginning = after?.isSilent === true && (interval.inFlight ?? 0) > 0;
  return isBeginning || isOverdue(second, context);
}

function judge(second: JudgedSecond, context: Context): Outlier | undefined {
  const { neighbours, rarest } = context;
  const slow = judgeLatency(second, neighbours, rarest);
  const lost = judgeLost(second, neighbours, rarest);
  const silent = isSilent(second, context);
  if (!slow && lost === 0 && !silent) return undefined;
  return { second, latency: slow?.latency, slowed: slow?.slowed ?? 0, lost, isSilent: silent, neighbours };
}

/** Whether a second would be an event on its own. */
function standsAlone({ second, latency, lost, isSilent: silent }: Outlier): boolean {
  return silent || lost > 0 || (latency !== undefined && (second.interval.p99 ?? 0) > latency.limitAlone);
}

/** Drops seconds that are events only together with others and have too few beside them. */
function lasting(seconds: readonly JudgedSecond[], judged: ReadonlyMap<JudgedSecond, Outlier>): Outlier[] {
  const left: Outlier[] = [];
  let row: Outlier[] = [];
  for (const second of [...seconds, undefined]) {
    const outlier = second && judged.get(second);
    if (outlier) {
      row.push(outlier);
    } else {
      left.push(...(row.length >= lastingSeconds ? row : row.filter(standsAlone)));
      row = [];
    }
  }
  return left;
}

/**
 * Finds the seconds whose P99 or errors left the band of the seconds around them, and those without responses, in
 * order. When all requests of a run come from one distribution of any shape, the probability of an outlier is at most
 * one in a hundred.
 */
export function findOutliers(seconds: readonly JudgedSecond[]): Outlier[] {
  const found = new Map<JudgedSecond, Outlier>();
  const rarest = falseAlarms / Math.max(1, seconds.length);
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const judged = new Map(found);
    for (const [place, second] of seconds.entries()) {
      if (found.has(second)) continue;
      const neighbours = neighboursOf(seconds, place).filter((other) => !found.has(other));
      const next = seconds[place + 1];
      const outlier = judge(second, { neighbours, rarest, before: seconds[place - 1], after: next && found.get(next) });
      if (outlier) judged.set(second, outlier);
    }
    const left = lasting(seconds, judged);
    if (left.length === found.size) break;
    for (const outlier of left) found.set(outlier.second, outlier);
  }
  return seconds.flatMap((second) => found.get(second) ?? []);
}
