import { type ExperimentMetric, experimentMetrics, type Noise } from '../experiment/experiment';
import { outcomeOf } from '../experiment/judge';
import type { ComparedRun, Delta } from './comparison';
import type { Comparability } from './guard';
import { ratioInterval } from './runNoise';

/** The least difference that matters. */
export const band = 0.02;

const noNoise =
  'the noise of this machine is not known: keep three more runs of the same scenario and target as the baseline';

function reasonOf(metric: ExperimentMetric, { all, latency }: Comparability, noise: Noise | undefined): string | null {
  if (metric !== 'throughput' && latency !== undefined) return latency;
  return all ?? (noise ? null : noNoise);
}

/** Holds a run against the baseline by every metric; `place` is the run's among the runs. */
export function deltasOf(
  base: ComparedRun,
  run: ComparedRun,
  place: number,
  comparability: Comparability,
  noise: Noise | undefined,
): Delta[] {
  return experimentMetrics.map((metric): Delta => {
    const [from, to] = [base.figures[metric], run.figures[metric]];
    const unknown: Delta = { run: place, metric, ratio: null, low: null, high: null, outcome: 'unknown', reason: null };
    if (from === null || to === null || from <= 0 || to <= 0)
      return { ...unknown, reason: 'it was not measured in both' };
    const ratio = to / from;
    const reason = reasonOf(metric, comparability, noise);
    if (reason !== null || !noise) return { ...unknown, ratio, reason };
    const { low, high } = ratioInterval(ratio, noise, metric);
    const outcome = outcomeOf(metric, { low: Math.log(low), high: Math.log(high) }, band);
    return { ...unknown, ratio, low, high, outcome };
  });
}
