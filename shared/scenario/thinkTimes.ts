import { isRequestStep, type Journey, type ThinkTime } from './journeys';
import { requiredMs } from './timing';

/** A normally distributed think time exceeds its mean by this many standard deviations in one of 740 cases. */
const longestDeviations = 3;

interface Pauses {
  meanMs: number;
  longestMs: number;
}

function pausesOf(thinkTime: ThinkTime): Pauses {
  if (typeof thinkTime === 'string') return { meanMs: requiredMs(thinkTime), longestMs: requiredMs(thinkTime) };
  if (thinkTime.distribution === 'uniform') {
    const [minMs, maxMs] = [requiredMs(thinkTime.min), requiredMs(thinkTime.max)];
    return { meanMs: (minMs + maxMs) / 2, longestMs: maxMs };
  }
  const [meanMs, deviationMs] = [requiredMs(thinkTime.mean), requiredMs(thinkTime.stddev)];
  return { meanMs, longestMs: meanMs + longestDeviations * deviationMs };
}

/**
 * Returns how long virtual users think in an iteration, in ms: on average, weighted by journey, and at most. Both are 0
 * without journeys.
 */
export function thinkTimeOf({ journeys = [] }: { journeys?: readonly Journey[] | undefined }): Pauses {
  const all = journeys.map(({ weight, steps }) => {
    const pauses = steps.flatMap((step) => (isRequestStep(step) ? [] : [pausesOf(step.thinkTime)]));
    const sum = (of: (pause: Pauses) => number): number => pauses.reduce((total, pause) => total + of(pause), 0);
    return { weight, meanMs: sum(({ meanMs }) => meanMs), longestMs: sum(({ longestMs }) => longestMs) };
  });
  const weights = all.reduce((sum, { weight }) => sum + weight, 0);
  return {
    meanMs: all.reduce((sum, { weight, meanMs }) => sum + (weight / weights) * meanMs, 0),
    longestMs: Math.max(0, ...all.map(({ longestMs }) => longestMs)),
  };
}
