import { medianOf } from '../statistics/medianOf';
import { isAlike, type JudgedSecond } from './judgedSeconds';

/** How many seconds on each side of a change are compared. */
export const levelWindow = 15;
/**
 * The maximum number of pairs in the wrong order, of a second before and one after the change (U of Mann and Whitney
 * 1947). For 2 x 15 seconds in random order, the probability of this many or fewer is 4.3e-7 in each direction
 * (docs/adr/025).
 */
export const mostInversions = 8;
/** Smaller changes do not matter. */
const leastRatio = 2;
const leastChangeMs = 5;

/** A lasting change of the P99. */
export interface LevelChange {
  /** The first second of the new level. */
  second: JudgedSecond;
  before: readonly JudgedSecond[];
  after: readonly JudgedSecond[];
  /** The medians of the P99s, in ms. */
  fromMs: number;
  toMs: number;
}

function p99sOf(seconds: readonly JudgedSecond[]): number[] {
  return seconds.flatMap(({ interval }) => interval.p99 ?? []);
}

/** Counts pairs in the wrong order for a rise. Equal pairs count half. */
function inversions(before: readonly number[], after: readonly number[]): number {
  return before.reduce(
    (sum, low) => sum + after.reduce((count, high) => count + (high < low ? 1 : high === low ? 0.5 : 0), 0),
    0,
  );
}

interface Candidate extends LevelChange {
  place: number;
  inversions: number;
}

function candidateAt(seconds: readonly JudgedSecond[], place: number): Candidate[] {
  const before = seconds.slice(place - levelWindow, place);
  const after = seconds.slice(place, place + levelWindow);
  const [second] = after;
  if (!second || [...before, ...after].some((other) => !isAlike(second, other))) return [];
  const [low, high] = [p99sOf(before), p99sOf(after)];
  if (low.length < levelWindow || high.length < levelWindow) return [];
  const wrong = inversions(low, high);
  const fewest = Math.min(wrong, levelWindow ** 2 - wrong);
  if (fewest > mostInversions) return [];
  const [fromMs, toMs] = [medianOf(low), medianOf(high)];
  const ratio = Math.max(fromMs, toMs) / Math.min(fromMs, toMs);
  if (ratio < leastRatio || Math.abs(toMs - fromMs) < leastChangeMs) return [];
  return [{ place, second, before, after, fromMs, toMs, inversions: fewest }];
}

/**
 * Finds where the P99 moved to another level and stayed there, in order. `seconds` must not contain those that left
 * their band. A change of the P99 together with the planned load is not reported.
 */
export function findLevelChanges(seconds: readonly JudgedSecond[]): LevelChange[] {
  const candidates = seconds.flatMap((_, place) =>
    place >= levelWindow && place + levelWindow <= seconds.length ? candidateAt(seconds, place) : [],
  );
  const ratioOf = ({ fromMs, toMs }: Candidate): number => Math.abs(Math.log(toMs / fromMs));
  const clearest = [...candidates].sort((a, b) => a.inversions - b.inversions || ratioOf(b) - ratioOf(a));
  const chosen: Candidate[] = [];
  for (const candidate of clearest) {
    // The seconds around a change detect it as well.
    if (chosen.every(({ place }) => Math.abs(place - candidate.place) >= levelWindow)) chosen.push(candidate);
  }
  return chosen.sort((a, b) => a.place - b.place);
}
