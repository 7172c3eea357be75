import type { RunInterval } from '../../shared/run/metrics';
import { growthOf, stretchesOf } from '../../shared/statistics/growth';
import { samplesNeeded } from '../../shared/statistics/latencySummary';
import { medianOf } from '../../shared/statistics/medianOf';
import type { Point } from '../../shared/statistics/theilSen';
import type { KnownGrowth } from '../../shared/thresholds/evaluate';
import type { RunSlices } from './runSlices';

/** What a service is still filling (heap, caches, pools) at the start is no trend: this share of the run is left out. */
const warmingShare = 0.1;
/** A trend over less than this is one of the start, in seconds. */
const leastSeconds = 60;
const leastPoints = 8;
/** A stretch of the heap has at least one collection of garbage, as a rule; of resident memory more are better. */
const heapStretches = 16;
const residentStretches = 32;
/** Percentiles below this are told apart by noise alone: growth is relative to it at least, in ms. */
const leastMs = 1;

/** The points of a run that its trend is about; undefined where they are too few, or over too short a time. */
function steadyPart(points: readonly Point[]): Point[] | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  const steady = points.filter(({ x }) => x > warmingShare * last.x);
  const [first] = steady;
  return first && steady.length >= leastPoints && last.x - first.x >= leastSeconds ? steady : undefined;
}

/** What is known of the target's memory over time. */
function memoryPoints(intervals: readonly RunInterval[], of: (interval: RunInterval) => number | null): Point[] {
  return intervals.flatMap((interval) => {
    const y = of(interval);
    return y === null ? [] : [{ x: interval.t, y }];
  });
}

/**
 * By which share of the target's resident memory, at its least, the memory that it holds grew; undefined of a target that does not
 * tell. What it holds is what its heap has left after collections of garbage: the least of each
 * stretch. The resident memory itself says little: V8 gives pages back every five to ten minutes, and a service that
 * holds what it held goes from 130 to 200 MB and back meanwhile. It is looked at where the heap is not known.
 */
export function memoryGrowth(intervals: readonly RunInterval[]): KnownGrowth | undefined {
  const known = memoryPoints(intervals, ({ targetRssMb }) => targetRssMb);
  if (known.length === 0) return undefined;
  const resident = steadyPart(known);
  if (!resident) return 'too-short';
  const heap = steadyPart(memoryPoints(intervals, ({ targetHeapMb }) => targetHeapMb));
  const residentMb = stretchesOf(resident, residentStretches, medianOf);
  if (!heap) return growthOf(residentMb);
  const held = stretchesOf(heap, heapStretches, (heapMb) => Math.min(...heapMb));
  return growthOf(held, { level: Math.min(...residentMb.map(({ y }) => y)) });
}

/** By which share a percentile of the response time grew, over slices that have requests enough for it. */
export function percentileGrowth(slices: RunSlices, percentile: number): KnownGrowth {
  const steady = steadyPart(slices.percentiles(percentile, samplesNeeded(percentile)));
  return (steady && growthOf(steady, { least: leastMs })) ?? 'too-short';
}
