import type { RunInterval } from '../../shared/run/metrics';
import { growthOf, stretchesOf } from '../../shared/statistics/growth';
import { samplesNeeded } from '../../shared/statistics/latencySummary';
import { medianOf } from '../../shared/statistics/medianOf';
import type { Point } from '../../shared/statistics/theilSen';
import type { KnownGrowth } from '../../shared/thresholds/evaluate';
import type { RunSlices } from './runSlices';

/**
 * The share of the run that is ignored at its start. While a service still fills its heap, caches and pools, growth is
 * no trend.
 */
const warmingShare = 0.1;
/** The minimum time that a trend covers, in seconds. A shorter trend only describes the start. */
const leastSeconds = 60;
const leastPoints = 8;
/**
 * As a rule, each stretch of the heap contains a garbage collection at least once. For resident memory, more stretches
 * are better.
 */
const heapStretches = 16;
const residentStretches = 32;
/** Differences between percentiles below this value are noise. Growth is relative to at least this value, in ms. */
const leastMs = 1;

/** The points of a run from which its trend is computed. Undefined if they are too few or cover too short a time. */
function steadyPart(points: readonly Point[]): Point[] | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  const steady = points.filter(({ x }) => x > warmingShare * last.x);
  const [first] = steady;
  return first && steady.length >= leastPoints && last.x - first.x >= leastSeconds ? steady : undefined;
}

/** The known values of the target's memory over time. */
function memoryPoints(intervals: readonly RunInterval[], of: (interval: RunInterval) => number | null): Point[] {
  return intervals.flatMap((interval) => {
    const y = of(interval);
    return y === null ? [] : [{ x: interval.t, y }];
  });
}

/**
 * The growth of the memory that the target holds, as a share of its lowest resident memory. Undefined for a target that
 * does not report its memory. The memory held is what the heap has left after garbage collections: the minimum of each
 * stretch. Resident memory itself says little: V8 returns pages to the system every five to ten minutes. Meanwhile a
 * service that holds a constant amount goes from 130 to 200 MB and back. Resident memory is used only if the heap is
 * not known.
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

/** The relative growth of a percentile of the response time, over slices with enough requests for it. */
export function percentileGrowth(slices: RunSlices, percentile: number): KnownGrowth {
  const steady = steadyPart(slices.percentiles(percentile, samplesNeeded(percentile)));
  return (steady && growthOf(steady, { least: leastMs })) ?? 'too-short';
}
