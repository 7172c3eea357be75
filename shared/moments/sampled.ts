import type { RunInterval } from '../run/metrics';
import { type Fold, foldNames } from '../statistics/foldNames';
import { medianOf } from '../statistics/medianOf';

type NumberName = {
  [Name in keyof RunInterval]-?: RunInterval[Name] extends number | null ? Name : never;
}[keyof RunInterval];

/** Of which sample there is how much. */
export type AmountName = keyof ReturnType<typeof amountsOf>;

/** What was sampled in a stretch of a run. What nobody could tell is 0. */
export interface Sampled {
  amounts: Record<AmountName, number>;
  /** How long a part of the service held its event loop at once, in ms. */
  heldMaxMs: Readonly<Record<string, number>>;
  /** What the slowest requests spent in each part, in ms. */
  partsMs: Readonly<Record<string, number>>;
  /** 0..1; null where no cache was seen. */
  cacheHitRate: number | null;
}

function foldKnown(values: readonly (number | null)[], fold: Fold): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : fold(known);
}

/** What paused something may be told of in the second after; what else was used belongs to the second itself. */
function amountsOf(pauses: readonly RunInterval[], uses: readonly RunInterval[], fold: Fold) {
  const of = (intervals: readonly RunInterval[], name: NumberName): number =>
    foldKnown(
      intervals.map((interval) => interval[name]),
      fold,
    ) ?? 0;
  return {
    generatorGcMaxMs: of(pauses, 'generatorGcMaxMs'),
    generatorLoopDelayMs: of(pauses, 'generatorLoopDelayMs'),
    generatorCpuWaitMs: of(pauses, 'generatorCpuWaitMs'),
    generatorThrottledMs: of(pauses, 'generatorThrottledMs'),
    targetGcMs: of(pauses, 'targetGcMs'),
    targetGcMaxMs: of(pauses, 'targetGcMaxMs'),
    targetLoopDelayMs: of(pauses, 'targetLoopDelayMs'),
    targetCpuWaitMs: of(pauses, 'targetCpuWaitMs'),
    targetWrittenMb: of(pauses, 'targetWrittenMb'),
    targetCpu: of(uses, 'targetCpu'),
    generatorUtilisation: of(uses, 'generatorUtilisation'),
    otherCpuShare: of(uses, 'otherCpuShare'),
    stolenCpuShare: of(uses, 'stolenCpuShare'),
    connectionsOpened: of(uses, 'connectionsOpened'),
  };
}

/** What is usual: of each sample the median over the seconds. */
export function usualIn(seconds: readonly RunInterval[]): Sampled {
  return {
    amounts: amountsOf(seconds, seconds, medianOf),
    heldMaxMs: foldNames(
      seconds.map(({ targetLoopHeldMaxMs }) => targetLoopHeldMaxMs),
      medianOf,
    ),
    partsMs: foldNames(
      seconds.map(({ slowestParts }) => slowestParts),
      medianOf,
    ),
    cacheHitRate: foldKnown(
      seconds.map(({ cacheHitRate }) => cacheHitRate),
      medianOf,
    ),
  };
}

/**
 * The worst of each sample in some seconds, and of pauses in the one after them; the parts are those of the second with
 * the highest P99.
 */
export function worstIn(seconds: readonly RunInterval[], after: RunInterval | undefined): Sampled {
  const most: Fold = (values) => Math.max(0, ...values);
  const told = after ? [...seconds, after] : seconds;
  const [slowest] = [...seconds].sort((a, b) => (b.p99 ?? 0) - (a.p99 ?? 0));
  return {
    amounts: amountsOf(told, seconds, most),
    heldMaxMs: foldNames(
      told.map(({ targetLoopHeldMaxMs }) => targetLoopHeldMaxMs),
      most,
    ),
    partsMs: slowest?.slowestParts ?? {},
    cacheHitRate: foldKnown(
      seconds.map(({ cacheHitRate }) => cacheHitRate),
      (rates) => Math.min(...rates),
    ),
  };
}
