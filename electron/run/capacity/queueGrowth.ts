import type { LatencyHistogram } from '../../../shared/statistics/latencyHistogram';
import { toMs } from '../../../shared/statistics/latencySummary';
import type { RunSlices } from '../../measure/runSlices';

/**
 * A queue in which all requests wait moves every percentile. A queue that comes and goes moves the lower percentiles
 * least. Of two percentiles, at least one does not lie between two kinds of requests.
 */
const watchedPercentiles = [25, 50] as const;
/** Differences up to this many standard errors of a percentile's rank count as chance. */
const chanceErrors = 2.5;
/** Percentiles of the start and of the end that differ by less count as the same. */
const noiseMs = 1;
const noiseShare = 0.2;

/** The minimum and the maximum that a percentile may have by its order statistics, in ms. */
function boundsMs(histogram: LatencyHistogram, percentile: number): { low: number; high: number } {
  const share = percentile / 100;
  const chance = 100 * chanceErrors * Math.sqrt((share * (1 - share)) / histogram.count);
  return {
    low: toMs(histogram.percentileUs(Math.max(0, percentile - chance))),
    high: toMs(histogram.percentileUs(Math.min(100, percentile + chance))),
  };
}

/**
 * The certain rise of a percentile, in ms. Without the bounds, a median between two kinds of requests could count as a
 * rise.
 */
function riseMs(from: LatencyHistogram, to: LatencyHistogram, percentile: number): number {
  return boundsMs(to, percentile).low - boundsMs(from, percentile).high;
}

/**
 * How much response times grew beyond chance, in ms per second of a load of constant rate that lasted `plannedMs`; 0 if
 * they did not grow. Responses after the end of the load are left out. The requests that still wait then are the slow
 * ones, no matter what the queue did. A rise must continue to the end. A rise that is over was a pause or a start.
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
