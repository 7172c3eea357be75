import { type ExperimentMetric, experimentMetrics, type Noise } from '../experiment/experiment';
import { describeFailures, moreFailures, outcomeWithFailures, worseByFailures } from '../experiment/failures';
import { outcomeOf } from '../experiment/judge';
import type { ComparedRun, Delta } from './comparison';
import type { Comparability } from './guard';
import { ratioInterval } from './runNoise';

/** The smallest difference that matters. */
const band = 0.02;

const noNoise =
  'the noise of this machine is not known: make three more runs of the same scenario and target as the baseline';

function reasonOf(
  metric: ExperimentMetric,
  { all, latency }: Comparability,
  noise: Noise | 'known' | undefined,
): string | null {
  if (metric !== 'throughput' && latency !== undefined) return latency;
  return all ?? (noise ? null : noNoise);
}

/** Explains why there is no value to compare: it was not measured, or too many of the intended requests are missing. */
function whyMissing(base: ComparedRun, run: ComparedRun, metric: ExperimentMetric): string {
  const isUnbounded = ({ figures, judged }: ComparedRun): boolean =>
    figures[metric] !== null && judged[metric] === null;
  return isUnbounded(base) || isUnbounded(run)
    ? 'so many requests failed or were not sent that it has no bound'
    : 'it was not measured in both';
}

/** Compares a run with the baseline in every metric. `place` is the index of the run. */
export function deltasOf(
  base: ComparedRun,
  run: ComparedRun,
  place: number,
  comparability: Comparability,
  noise: Noise | undefined,
): Delta[] {
  const none = { count: 0, of: 0 };
  const [baseFailures, failures] = [base.failures ?? none, run.failures ?? none];
  const more = moreFailures(baseFailures, failures);
  const failed = describeFailures(baseFailures, failures, 'the baseline');
  return experimentMetrics.map((metric): Delta => {
    const unknown: Delta = { run: place, metric, ratio: null, low: null, high: null, outcome: 'unknown', reason: null };
    const cantBeTold = reasonOf(metric, comparability, 'known');
    const worse = cantBeTold === null ? worseByFailures(metric, baseFailures, failures) : undefined;
    // An unbounded percentile is worse, independent of the noise.
    if (worse !== undefined) return { ...unknown, outcome: worse === 'other' ? 'worse' : 'better', reason: failed };
    const [from, to] = [base.judged[metric], run.judged[metric]];
    if (from === null || to === null || from <= 0 || to <= 0)
      return { ...unknown, reason: whyMissing(base, run, metric) };
    const ratio = to / from;
    const reason = reasonOf(metric, comparability, noise);
    if (reason !== null || !noise) return { ...unknown, ratio, reason };
    const { low, high } = ratioInterval(ratio, noise, metric);
    const outcome = outcomeOf(metric, { low: Math.log(low), high: Math.log(high) }, band);
    const withheld = outcomeWithFailures(outcome, more);
    return { ...unknown, ratio, low, high, outcome: withheld, reason: withheld === outcome ? null : failed };
  });
}
