import type { RunInterval } from '../../shared/run/metrics';
import { type Growth, growthOf, stretchesOf } from '../../shared/statistics/growth';
import { samplesNeeded } from '../../shared/statistics/latencySummary';
import type { Point } from '../../shared/statistics/theilSen';
import type { RunSlices } from './runSlices';

/** What a service is still filling (heap, caches, pools) at the start is no trend: this share of the run is left out. */
const warmingShare = 0.1;
/** A trend over less than this is one of the start, in seconds. */
const leastSeconds = 60;
const leastPoints = 8;
/** Collections of garbage come and go within one of these. */
const stretches = 32;
/** Percentiles below this are told apart by noise alone: growth is relative to it at least, in ms. */
const leastMs = 1;

/** The points of a run that its trend is about; undefined where they are too few, or over too short a time. */
function steadyPart(points: readonly Point[], plannedSeconds: number): Point[] | undefined {
  // Seconds in which only last answers are awaited are not under load.
  const last = points.findLast(({ x }) => x <= plannedSeconds);
  if (!last) return undefined;
  const steady = points.filter(({ x }) => x > warmingShare * last.x && x <= plannedSeconds);
  const [first] = steady;
  return first && steady.length >= leastPoints && last.x - first.x >= leastSeconds ? steady : undefined;
}

/** By which share the target's resident memory grew; undefined of a target that does not tell, and of a short run. */
export function memoryGrowth(intervals: readonly RunInterval[], plannedSeconds: number): Growth | undefined {
  const known = intervals.flatMap(({ t, targetRssMb }) => (targetRssMb === null ? [] : [{ x: t, y: targetRssMb }]));
  const steady = steadyPart(known, plannedSeconds);
  return steady && growthOf(stretchesOf(steady, stretches));
}

/** By which share a percentile of the response time grew, over slices that have requests enough for it. */
export function percentileGrowth(slices: RunSlices, percentile: number, plannedSeconds: number): Growth | undefined {
  const steady = steadyPart(slices.percentiles(percentile, samplesNeeded(percentile)), plannedSeconds);
  return steady && growthOf(steady, leastMs);
}
