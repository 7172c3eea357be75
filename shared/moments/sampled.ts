import type { RunInterval } from '../run/metrics';
import { type Fold, foldNames } from '../statistics/foldNames';
import { medianOf } from '../statistics/medianOf';

type NumberName = {
  [Name in keyof RunInterval]-?: RunInterval[Name] extends number | null ? Name : never;
}[keyof RunInterval];

/** The name of a sampled amount. */
export type AmountName = keyof ReturnType<typeof amountsOf>;

/** The samples of a part of a run. Unknown values are 0. */
export interface Sampled {
  amounts: Record<AmountName, number>;
  /** How long a part of the service blocked its event loop at once, in ms. */
  heldMaxMs: Readonly<Record<string, number>>;
  /** The time that the slowest requests spent in each part, in ms. */
  partsMs: Readonly<Record<string, number>>;
  /** 0..1; null when there was no cache. */
  cacheHitRate: number | null;
}

function foldKnown(values: readonly (number | null)[], fold: Fold): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : fold(known);
}

/** The seconds whose samples tell about a moment, by what is sampled. */
interface Told {
  /** A pause may be reported in the following second. */
  pauses: readonly RunInterval[];
  /** The seconds of the moment itself. */
  uses: readonly RunInterval[];
  /** Requests of a moment may have waited for a processor in the second before it, while others used it. */
  before: readonly RunInterval[];
}

function amountsOf({ pauses, uses, before }: Told, fold: Fold) {
  const of = (intervals: readonly RunInterval[], name: NumberName): number =>
    foldKnown(
      intervals.map((interval) => interval[name]),
      fold,
    ) ?? 0;
  return {
    generatorGcMaxMs: of(pauses, 'generatorGcMaxMs'),
    generatorLoopDelayMs: of(pauses, 'generatorLoopDelayMs'),
    generatorCpuWaitMs: of([...before, ...pauses], 'generatorCpuWaitMs'),
    generatorThrottledMs: of(pauses, 'generatorThrottledMs'),
    targetGcMs: of(pauses, 'targetGcMs'),
    targetGcMaxMs: of(pauses, 'targetGcMaxMs'),
    targetLoopDelayMs: of(pauses, 'targetLoopDelayMs'),
    targetCpuWaitMs: of([...before, ...pauses], 'targetCpuWaitMs'),
    targetWrittenMb: of(pauses, 'targetWrittenMb'),
    targetCpu: of(uses, 'targetCpu'),
    generatorUtilisation: of(uses, 'generatorUtilisation'),
    otherCpuShare: of([...before, ...uses], 'otherCpuShare'),
    stolenCpuShare: of([...before, ...uses], 'stolenCpuShare'),
    connectionsOpened: of(uses, 'connectionsOpened'),
  };
}

/** Returns the usual values: the median of each sample over the seconds. */
export function usualIn(seconds: readonly RunInterval[]): Sampled {
  return {
    amounts: amountsOf({ pauses: seconds, uses: seconds, before: [] }, medianOf),
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

/** The seconds next to those of a moment. */
export interface NextTo {
  before?: RunInterval | undefined;
  after?: RunInterval | undefined;
}

/**
 * Returns the worst of each sample in some seconds; for pauses also in the following second, for waits for
 * a processor and its use by others also in the preceding one. The parts are those of the second with the highest P99.
 */
export function worstIn(seconds: readonly RunInterval[], { before, after }: NextTo): Sampled {
  const most: Fold = (values) => Math.max(0, ...values);
  const told = after ? [...seconds, after] : seconds;
  const [slowest] = [...seconds].sort((a, b) => (b.p99 ?? 0) - (a.p99 ?? 0));
  return {
    amounts: amountsOf({ pauses: told, uses: seconds, before: before ? [before] : [] }, most),
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
