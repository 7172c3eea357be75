import type { ThinkTime } from '../../../shared/scenario/journeys';
import { requiredMs } from '../../../shared/scenario/timing';
import type { Random } from '../../../shared/statistics/random';

/**
 * Returns a function that draws think times in ms. The normal distribution uses the method of Box and Muller (Annals of
 * Mathematical Statistics 29, 1958) and is cut off at 0.
 */
export function thinkTimes(thinkTime: ThinkTime, random: Random): () => number {
  if (typeof thinkTime === 'string') {
    const constantMs = requiredMs(thinkTime);
    return () => constantMs;
  }
  if (thinkTime.distribution === 'uniform') {
    const [minMs, maxMs] = [requiredMs(thinkTime.min), requiredMs(thinkTime.max)];
    return () => minMs + (maxMs - minMs) * random();
  }
  const [meanMs, deviationMs] = [requiredMs(thinkTime.mean), requiredMs(thinkTime.stddev)];
  return () => {
    // Random numbers are in [0, 1), and the logarithm of 0 is not defined.
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return Math.max(0, meanMs + deviationMs * radius * Math.cos(2 * Math.PI * random()));
  };
}
