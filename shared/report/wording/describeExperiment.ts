import type { Comparison, Experiment, ExperimentMetric } from '../../experiment/experiment';
import { describeFailures } from '../../experiment/failures';
import { findableWith } from '../../experiment/noise';
import { formatNumber } from '../../units/format';

const metricWords: Record<ExperimentMetric, string> = {
  throughput: 'in throughput',
  p50: 'at P50',
  p95: 'at P95',
  p99: 'at P99',
};

/** A ratio above this, or below its inverse, reads better as a factor than as per cent. */
const factorFrom = 2;

function isFactor(ratio: number): boolean {
  return ratio >= factorFrom || ratio <= 1 / factorFrom;
}

/** How far a ratio is from 1, in per cent of the first variant, or as a factor of at least 1. */
function distance(ratio: number, asFactor: boolean): number {
  return asFactor ? Math.max(ratio, 1 / ratio) : Math.abs(ratio - 1) * 100;
}

function digits(value: number): string {
  return formatNumber(value, value < 100 ? 1 : 0);
}

/** A signed per cent, where an interval has both signs. */
function signed(ratio: number): string {
  const percent = (ratio - 1) * 100;
  return `${percent < 0 ? '-' : '+'}${digits(Math.abs(percent))}`;
}

function comparative(metric: ExperimentMetric, ratio: number): string {
  if (metric === 'throughput') return ratio >= 1 ? 'higher' : 'lower';
  return ratio >= 1 ? 'slower' : 'faster';
}

function missingPairs(morePairs: number | null): string {
  return morePairs === null ? '' : `, about ${morePairs} more pair${morePairs === 1 ? '' : 's'} needed`;
}

/** A comparison in which there is no ratio: nothing was measured, or one of the two has no bound. */
function withoutRatio(
  { metric, pairs, outcome, unboundedPairs = 0 }: Comparison,
  name: string,
  baseName: string,
  failed: string | undefined,
): string {
  const where = metricWords[metric];
  const because = failed === undefined ? '' : `: ${failed}`;
  if (pairs === 0) return `${name}: nothing was measured ${where} that has a bound in one of the two${because}.`;
  const worse = outcome === 'better' ? baseName : name;
  const who = outcome === 'unknown' ? 'one of the two' : worse;
  const lacks = metric === 'throughput' ? 'has no successful request' : 'is without bound';
  const how = `${who} ${lacks} in ${unboundedPairs} of ${pairs} pair${pairs === 1 ? '' : 's'}${because}`;
  if (outcome === 'unknown') return `${name} against ${baseName} ${where}: can't tell, ${how}.`;
  return `${name} is ${outcome} ${where} than ${baseName}, ${how}.`;
}

/** `B is 6.1 % faster at P95, 95 % CI 3.9 to 8.2 %, 8 pairs`; `can't tell` says how many pairs are missing. */
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
  const ci = low === null || high === null ? 'no interval yet' : `95 % CI ${signed(low)} to ${signed(high)} %`;
  if (outcome === 'alike')
    return `${name} and ${baseName} are alike ${metricWords[metric]}: ${signed(ratio)} %, ${ci}, within ±${digits(plan.band * 100)} %, ${count}.`;
  if (outcome === 'unknown') {
    const why = `${failed === undefined ? '' : `: ${failed}`}${missingPairs(morePairs)}`;
    return `${name} against ${baseName} ${metricWords[metric]}: can't tell (${signed(ratio)} %, ${ci}, ${count})${why}.`;
  }
  const asFactor = isFactor(ratio);
  const unit = asFactor ? ' times' : ' %';
  const ends = [low ?? ratio, high ?? ratio].map((end) => distance(end, asFactor)).sort((a, b) => a - b);
  const interval = `95 % CI ${digits(ends[0] ?? 0)} to ${digits(ends[1] ?? 0)}${unit}`;
  return `${name} is ${digits(distance(ratio, asFactor))}${unit} ${comparative(metric, ratio)} ${metricWords[metric]} than ${baseName}, ${interval}, ${count}.`;
}

/** What this machine's noise lets an experiment find. */
export function noiseSentence({ noise, plan }: Pick<Experiment, 'noise' | 'plan'>): string {
  if (!noise)
    return 'The noise of this machine is not known: an experiment of an engine with itself (such as memory,memory) shows it.';
  const deviation = noise.deviation[plan.metric];
  const findable = findableWith(noise, plan.metric, plan.pairs);
  return `Equal runs of this machine differ by ${digits(Math.expm1(deviation) * 100)} % ${metricWords[plan.metric]} (standard deviation, ${noise.pairs} pairs): ${plan.pairs} pairs find differences from ${digits(Math.expm1(findable) * 100)} % in four of five experiments.`;
}

/** What keeps the result of an experiment from being trusted; undefined when nothing does. */
export function distrustOf({ runs }: Pick<Experiment, 'runs'>): string | undefined {
  const distrusted = runs.flatMap(({ distrust }) => distrust ?? []);
  if (distrusted.length * 4 <= runs.length) return undefined;
  return `${distrusted.length} of ${runs.length} runs can't be trusted; the first: ${distrusted[0]}`;
}
