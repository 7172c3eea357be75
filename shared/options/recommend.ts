import type { DurabilityTier } from '../engines/durability';
import { describeDurability } from '../engines/durability';
import type { Experiment } from '../experiment/experiment';
import { failedShare, moreFailures } from '../experiment/failures';
import { compareTwo, completeBlocks } from '../experiment/judge';
import { formatSearchRate } from '../report/wording/describeCapacity';
import { comparisonSentence, distrustOf } from '../report/wording/describeExperiment';
import { formatLatency, formatShare } from '../units/format';
import { floorWords, isAtLeast, tierRank } from './floor';
import type { OptionResult } from './optionResult';

/** The recommended option and the reasons. */
export interface Recommendation {
  /** The recommended variant; null when none can be recommended. */
  variant: number | null;
  sentence: string;
  /** The reasons for it, one sentence each. */
  reasons: readonly string[];
  /** The reason against each other variant, by its index. */
  against: ReadonlyMap<number, string>;
}

type Judged = Pick<Experiment, 'variants' | 'plan' | 'runs' | 'state'>;

/** Returns what prevents the recommendation of an option, independent of its speed; undefined when nothing does. */
function obstacleOf(
  { runs, conformance, failure, durability, missed, medians }: OptionResult,
  floor: DurabilityTier,
): string | undefined {
  if (conformance === 'fails') return `It does not conform${failure ? `: ${failure}` : '.'}`;
  if (conformance === 'not-tested') return 'It has not been tested: run its conformance suite.';
  if (conformance === 'stand-in') return 'A stand-in for its server was measured, not the server.';
  if (floor !== 'none' && !durability) return 'Its durability is unknown.';
  if (durability && !isAtLeast(durability.tier, floor))
    return `Below the floor (${floorWords[floor]}): ${describeDurability(durability)}.`;
  if (runs === 0 || !medians) return 'It has not been measured yet.';
  if (missed.length > 0)
    return `It misses ${missed.join(', ')}: P95 ${formatLatency(medians.p95)}, P99 ${formatLatency(medians.p99)}.`;
  return undefined;
}

/** An option with materially more failures than another is not recommended for its speed. */
function failureObstacle({ failures }: OptionResult, sound: readonly OptionResult[]): string | undefined {
  const [fewest] = sound
    .filter((other) => other.failures.of > 0)
    .sort((a, b) => failedShare(a.failures) - failedShare(b.failures));
  if (!fewest || moreFailures(fewest.failures, failures) !== 'other') return undefined;
  return `${formatShare(failedShare(failures))} of its requests failed, and ${formatShare(failedShare(fewest.failures))} of ${fewest.label}.`;
}

function inconclusive(why: string): Recommendation {
  return { variant: null, sentence: `No recommendation: ${why}`, reasons: [], against: new Map() };
}

/** Returns the fastest option: the highest throughput, or the lowest latency. */
function fastestOf(candidates: readonly OptionResult[], metric: Judged['plan']['metric']): OptionResult | undefined {
  const costOf = ({ medians }: OptionResult): number =>
    medians ? (metric === 'throughput' ? -medians.throughput : medians[metric]) : Number.POSITIVE_INFINITY;
  return [...candidates].sort((a, b) => costOf(a) - costOf(b))[0];
}

/** Returns the most durable option among equally fast ones, then the one with the least memory. */
function safestOf(candidates: readonly OptionResult[]): OptionResult | undefined {
  const rankOf = ({ durability }: OptionResult): number => (durability ? tierRank(durability.tier) : 0);
  const memoryOf = ({ resources }: OptionResult): number => resources?.memoryMb ?? 0;
  return [...candidates].sort((a, b) => rankOf(b) - rankOf(a) || memoryOf(a) - memoryOf(b))[0];
}

function reasonsFor(
  chosen: OptionResult,
  rivals: readonly OptionResult[],
  floor: DurabilityTier,
  experiment: Judged,
): string[] {
  const { medians, capacity, durability, conformance, variant } = chosen;
  const reasons: string[] = [];
  if (medians)
    reasons.push(
      `P95 ${formatLatency(medians.p95)} and P99 ${formatLatency(medians.p99)}: it meets every target of the level.`,
    );
  if (capacity?.rate)
    reasons.push(
      `It answers ${capacity.atLeast ? 'at least' : 'up to'} ${formatSearchRate(capacity.rate, capacity.unit)} within the targets.`,
    );
  if (durability) reasons.push(`Durability: ${describeDurability(durability)}; the floor: ${floorWords[floor]}.`);
  if (conformance === 'conforms') reasons.push('It has passed its conformance suite.');
  if (rivals.length > 0)
    reasons.push(
      `Its speed can't be told from that of ${rivals.map(({ label }) => label).join(' and ')}; of these it is the most durable, or needs the least memory.`,
    );
  if (variant > 0)
    reasons.push(comparisonSentence(experiment, compareTwo(experiment, variant, experiment.plan.metric)));
  return reasons;
}

/**
 * Chooses the fastest option by the deciding metric, among those that conform and meet the floor and the limits. When
 * others are not certainly slower (comparisons with the best; J. C. Hsu, Annals of Statistics 9, 1981), the more
 * durable one is chosen, then the one with less memory.
 */
export function recommend(experiment: Judged, results: readonly OptionResult[], floor: DurabilityTier): Recommendation {
  if (completeBlocks(experiment) === 0) return inconclusive('nothing has been measured yet.');
  const distrust = distrustOf(experiment);
  if (distrust) return inconclusive(distrust);
  const { metric } = experiment.plan;
  const obstacles = new Map(results.map((result) => [result.variant, obstacleOf(result, floor)]));
  const sound = results.filter(({ variant }) => obstacles.get(variant) === undefined);
  for (const result of sound) obstacles.set(result.variant, failureObstacle(result, sound));
  const candidates = results.filter(({ variant }) => obstacles.get(variant) === undefined);
  const fastest = fastestOf(candidates, metric);
  const isSurelySlower = ({ variant }: OptionResult): boolean =>
    fastest !== undefined &&
    variant !== fastest.variant &&
    compareTwo(experiment, variant, metric, fastest.variant).outcome === 'worse';
  const equals = candidates.filter((candidate) => !isSurelySlower(candidate));
  const chosen = safestOf(equals);
  const against = new Map<number, string>();
  for (const { variant } of results) {
    if (variant === chosen?.variant) continue;
    const obstacle = obstacles.get(variant);
    const compared = chosen && comparisonSentence(experiment, compareTwo(experiment, variant, metric, chosen.variant));
    against.set(variant, obstacle ?? compared ?? '');
  }
  if (!chosen) {
    const sentence = `No recommendation: none of the ${results.length} options conforms and meets the ${floor === 'none' ? '' : 'floor and the '}targets.`;
    return { variant: null, sentence, reasons: [], against };
  }
  const early = experiment.state === 'finished' ? '' : ' So far: the experiment has not completed.';
  return {
    variant: chosen.variant,
    sentence: `Take ${chosen.label}.${early}`,
    reasons: reasonsFor(
      chosen,
      equals.filter((other) => other !== chosen),
      floor,
      experiment,
    ),
    against,
  };
}
