import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import type { RunSlices } from '../../measure/runSlices';

/**
 * A queue that all wait in moves every percentile, and one that comes and goes moves the lower ones least. Of two, one
 * does not lie between two kinds of requests.
 */
const watchedPercentiles = [25, 50] as const;
/** This many standard errors of a percentile's rank are chance. */
const chanceErrors = 2.5;
/** Percentiles of a start and an end that differ by less are the same. */
const noiseMs = 1;
const noiseShare = 0.2;

/** The least and the greatest that a percentile may be, by its order statistics. */
function boundsMs(histogram: LatencyHistogram, percentile: number): { low: number; high: number } {
  const share = percentile / 100;
  const chance = 100 * chanceErrors * Math.sqrt((share * (1 - share)) / histogram.count);
  return {
    low: toMs(histogram.percentileUs(Math.max(0, percentile - chance))),
    high: toMs(histogram.percentileUs(Math.min(100, percentile + chance))),
  };
}

/** By how much a percentile surely rose; the bounds keep a median between two kinds of requests from being a rise. */
function riseMs(from: LatencyHistogram, to: LatencyHistogram, percentile: number): number {
  return boundsMs(to, percentile).low - boundsMs(from, percentile).high;
}

/**
 * By how many ms response times grew in each second of a load of constant rate that lasted `plannedMs`, beyond chance;
 * 0 where they did not. Answers that came after its end are left out: those that are still awaited then are the slow
 * ones, whatever the queue did. A rise must go on to the end: one that is over was a pause or a start.
 */
export function queueGrowthMsPerS(slices: RunSlices, plannedMs: number): number {
  if (slices.length === 0) return 0;
  const planned = Math.min(1, plannedMs / 1000 / slices.length);
  const third = (number: number): LatencyHistogram =>
    slices.between(((number - 1) / 3) * planned, (number / 3) * planned);
  const [first, middle, last] = [third(1), third(2), third(3)];
  if (first.count === 0 || last.count === 0) return 0;
  const rises = watchedPercentiles.map((percentile) => {
    const wholeMs = riseMs(first, last, percentile);
    const lateMs = middle.count === 0 ? wholeMs : 2 * riseMs(middle, last, percentile);
    const growthMs = Math.min(wholeMs, lateMs);
    const fromMs = toMs(first.percentileUs(percentile));
    return growthMs > noiseMs && growthMs > fromMs * noiseShare ? growthMs : 0;
  });
  return Math.max(...rises) / ((slices.length * planned * 2) / 3);
}
