import type { Comparison, Experiment } from '../../experiment/experiment';
import { describeFailures } from '../../experiment/failures';
import { findableWith } from '../../experiment/noise';
import { digits, distanceInterval, distanceWords, metricWords, signedInterval, signedPercent } from './difference';

function missingPairs(morePairs: number | null): string {
  return morePairs === null ? '' : `, about ${morePairs} more pair${morePairs === 1 ? '' : 's'} needed`;
}

/** Describes a comparison without a ratio: nothing was measured, or one of the two is unbounded. */
function withoutRatio(
  { metric, pairs, outcome, unboundedPairs = 0 }: Comparison,
  name: string,
  baseName: string,
  failed: string | undefined,
): string {
  const where = metricWords[metric];
  const because = failed === undefined ? '' : `: ${failed}`;
  if (pairs === 0) return `${name}: no pair can be compared ${where}${because}.`;
  const worse = outcome === 'better' ? baseName : name;
  const who = outcome === 'unknown' ? 'one of the two' : worse;
  const lacks = metric === 'throughput' ? 'has no successful request' : 'has no upper bound';
  const how = `${who} ${lacks} in ${unboundedPairs} of ${pairs} pair${pairs === 1 ? '' : 's'}${because}`;
  if (outcome === 'unknown') return `${name} against ${baseName} ${where}: can't tell, ${how}.`;
  return `${name} is ${outcome} ${where} than ${baseName}, ${how}.`;
}

/**
 * Describes a comparison: `B is 6.1 % faster at P95, 95 % CI 3.9 to 8.2 %, 8 pairs`. With `can't tell`, it states how
 * many more pairs are needed.
 */
export function comparisonSentence(
  { variants, plan }: Pick<Experiment, 'variants' | 'plan'>,
  comparison: Comparison,
): string {
  const { variant, base, metric, pairs, ratio, low, high, outcome, morePairs, failures } = comparison;
  const name = variants[variant]?.name ?? '';
  const baseName = variants[base]?.name ?? '';
  const count = `${pairs} pair${pairs === 1 ? '' : 's'}`;
  const failed = failures ? describeFailures(failures.base, failures.variant, baseName) : undefined;
  if (ratio === null) return withoutRatio(comparison, name, baseName, failed);
  const ci = signedInterval({ low, high }) ?? 'no interval yet';
  if (outcome === 'alike')
    return `${name} and ${baseName} are alike ${metricWords[metric]}: ${signedPercent(ratio)} %, ${ci}, within ±${digits(plan.band * 100)} %, ${count}.`;
  if (outcome === 'unknown') {
    const why = `${failed === undefined ? '' : `: ${failed}`}${missingPairs(morePairs)}`;
    return `${name} against ${baseName} ${metricWords[metric]}: can't tell (${signedPercent(ratio)} %, ${ci}, ${count})${why}.`;
  }
  const difference = { metric, ratio, low, high };
  return `${name} is ${distanceWords(difference)} than ${baseName}, ${distanceInterval(difference)}, ${count}.`;
}

/** Describes which differences an experiment can detect despite the noise of this machine. */
export function noiseSentence({ noise, plan }: Pick<Experiment, 'noise' | 'plan'>): string {
  if (!noise) return 'The noise of this machine is not known. An experiment of an engine with itself measures it.';
  const deviation = noise.deviation[plan.metric];
  const findable = findableWith(noise, plan.metric, plan.pairs);
  return `Equal runs of this machine differ by ${digits(Math.expm1(deviation) * 100)} % ${metricWords[plan.metric]} (standard deviation, ${noise.pairs} pairs): ${plan.pairs} pairs find differences from ${digits(Math.expm1(findable) * 100)} % in four of five experiments.`;
}

/** Explains why the result of an experiment cannot be trusted; undefined when it can. */
export function distrustOf({ runs }: Pick<Experiment, 'runs'>): string | undefined {
  const distrusted = runs.flatMap(({ distrust }) => distrust ?? []);
  if (distrusted.length * 4 <= runs.length) return undefined;
  return `${distrusted.length} of ${runs.length} runs can't be trusted; the first: ${distrusted[0]}`;
}
