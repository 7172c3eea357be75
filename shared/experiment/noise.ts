import { machineKey } from '../run/calibration';
import type { Environment } from '../run/document';
import { meanOf } from '../statistics/spread';
import { byMetric } from './byMetric';
import type { Experiment, ExperimentMetric, Noise, Variant } from './experiment';
import { beyondLog, logRatios } from './logRatios';

/** For a normal distribution: 97.5 % for a two-sided test at 5 %, and 80 % for its power. */
const quantiles = 1.96 + 0.84;

/** Returns how many pairs detect a difference of this size (a log ratio) in four of five experiments. */
export function pairsToFind(size: number, deviation: number): number {
  return Math.ceil((quantiles * deviation) ** 2 / size ** 2);
}

/** Returns the smallest difference (a log ratio) that this many pairs detect in four of five experiments. */
export function findableWith({ deviation }: Noise, metric: ExperimentMetric, pairs: number): number {
  return (quantiles * deviation[metric]) / Math.sqrt(pairs);
}

function isSame(a: Variant | undefined, b: Variant | undefined): boolean {
  return JSON.stringify([a?.target, a?.cache]) === JSON.stringify([b?.target, b?.cache]);
}

/** Returns the variants of an experiment that repeat the first. */
function twinsOfFirst({ variants }: Pick<Experiment, 'variants'>): number[] {
  return variants.flatMap((variant, index) => (index > 0 && isSame(variant, variants[0]) ? [index] : []));
}

/** A run with failed requests tells nothing about noise. */
function boundedRatios(experiment: Experiment, twin: number, metric: ExperimentMetric): number[] {
  return logRatios(experiment, twin, metric).filter((ratio) => Math.abs(ratio) < beyondLog);
}

/**
 * Estimates this machine's noise under a scenario from the experiments that ran a variant against itself. Their log
 * ratios are around 0, and their root mean square is the deviation. Undefined with fewer than four such pairs.
 */
export function learnNoise(
  experiments: readonly Experiment[],
  environment: Environment,
  scenarioId: string,
): Noise | undefined {
  const machine = machineKey(environment);
  const own = experiments.filter(
    (experiment) => machineKey(experiment.environment) === machine && experiment.scenario.id === scenarioId,
  );
  const ratiosOf = (metric: ExperimentMetric): number[] =>
    own.flatMap((experiment) => twinsOfFirst(experiment).flatMap((twin) => boundedRatios(experiment, twin, metric)));
  const pairs = ratiosOf('p95').length;
  if (pairs < 4) return undefined;
  return { pairs, deviation: byMetric((metric) => Math.sqrt(meanOf(ratiosOf(metric).map((ratio) => ratio ** 2)))) };
}
