import { byMetric } from '../experiment/byMetric';
import type { ExperimentMetric, Noise } from '../experiment/experiment';
import { meanOf } from '../statistics/spread';
import { studentT } from '../statistics/studentT';

/** The figures of a run that are compared with similar runs: requests per second, and percentiles in ms. */
export type RunFigures = Readonly<Record<ExperimentMetric, number>>;

/** The minimum number of pairs for a noise estimate. */
const leastPairs = 3;

/**
 * Estimates how much equal runs of a machine differ, from runs of one scenario on one target in chronological order. It
 * is the root mean square of the log ratios of successive runs, so that a slow drift or a single change has little
 * effect (J. von Neumann et al., The mean square successive difference, Ann. Math. Stat. 12, 1941). Undefined with
 * fewer than four runs.
 */
export function noiseOfRuns(runs: readonly RunFigures[]): Noise | undefined {
  const known = runs.filter((run) => Object.values(run).every((value) => value > 0));
  const pairs = known.length - 1;
  if (pairs < leastPairs) return undefined;
  const deviation = byMetric((metric) => {
    const ratios = known.slice(1).map((run, index) => Math.log(run[metric] / (known[index]?.[metric] ?? 1)));
    return Math.sqrt(meanOf(ratios.map((ratio) => ratio ** 2)));
  });
  return { pairs, deviation };
}

/**
 * Returns the interval of the true ratio of two runs, from the noise of their machine. 95 % of such intervals contain
 * it, if log ratios of equal runs are normally distributed.
 */
export function ratioInterval(ratio: number, noise: Noise, metric: ExperimentMetric): { low: number; high: number } {
  const reach = studentT(0.975, noise.pairs) * noise.deviation[metric];
  return { low: ratio * Math.exp(-reach), high: ratio * Math.exp(reach) };
}

/** Returns the ratio that two equal runs do not exceed with 95 % probability. */
export function noiseLimit(noise: Noise, metric: ExperimentMetric): number {
  return Math.exp(studentT(0.95, noise.pairs) * noise.deviation[metric]);
}
