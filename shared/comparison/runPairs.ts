import type { RunSummary } from '../run/summary';
import type { Comparison, Delta } from './comparison';

/** Two runs to compare. The first is the baseline. */
export interface RunPair {
  base: RunSummary;
  run: RunSummary;
  /** The relation of the two runs. */
  reason: 'baseline' | 'repeated' | 'other-target';
}

/** Whether a run has figures that can be compared. */
function isComparable({ verdict, p95Ms }: RunSummary): boolean {
  return (verdict === 'passed' || verdict === 'failed' || verdict === 'inconclusive') && p95Ms !== null;
}

function isAlike(a: RunSummary, b: RunSummary): boolean {
  return a.scenarioId === b.scenarioId && a.target === b.target && a.machine === b.machine;
}

/** Returns the baseline of a run if it is among `runs`. A baseline itself has none. */
export function baselineAmong(runs: readonly RunSummary[], run: RunSummary): RunSummary | undefined {
  return runs.find((other) => other.isBaseline && other.id !== run.id && isAlike(other, run));
}

/**
 * Returns each baseline with the last run after it, latest first. `runs` must be newest first; at most `most` pairs.
 */
export function baselinePairs(runs: readonly RunSummary[], most = 6): RunPair[] {
  const comparable = runs.filter(isComparable);
  return comparable
    .filter(({ isBaseline }) => isBaseline)
    .flatMap((base): RunPair[] => {
      const run = comparable.find((other) => isAlike(other, base) && other.id !== base.id);
      return run && run.startedAt > base.startedAt ? [{ base, run, reason: 'baseline' }] : [];
    })
    .sort((a, b) => b.run.startedAt.localeCompare(a.run.startedAt))
    .slice(0, most);
}

/**
 * Suggests pairs to compare: the last run with its baseline, the last two of each scenario and target, and the last of
 * a scenario on two targets. `runs` must be newest first; at most `most` pairs.
 */
export function suggestedPairs(runs: readonly RunSummary[], most = 6): RunPair[] {
  const comparable = runs.filter(isComparable);
  const newest = comparable.filter((run, place) => comparable.findIndex((other) => isAlike(other, run)) === place);
  const repeated = newest.flatMap((run): RunPair[] => {
    const base = comparable.find((other) => other.id !== run.id && isAlike(other, run));
    return base ? [{ base, run, reason: 'repeated' }] : [];
  });
  const elsewhere = newest.flatMap((run, place): RunPair[] => {
    const base = newest
      .slice(place + 1)
      .find(({ scenarioId, machine }) => scenarioId === run.scenarioId && machine === run.machine);
    return base ? [{ base, run, reason: 'other-target' }] : [];
  });
  const pairs = [...baselinePairs(runs, most), ...repeated, ...elsewhere];
  const keyOf = ({ base, run }: RunPair): string => `${base.id} ${run.id}`;
  return pairs
    .filter((pair, place) => pairs.findIndex((other) => keyOf(other) === keyOf(pair)) === place)
    .slice(0, most);
}

/** The change of a pair in P95. */
export interface PairChange extends RunPair {
  delta: Delta;
}

const urgency: Record<Delta['outcome'], number> = { worse: 0, unknown: 1, alike: 2, better: 3 };

/** Sorts changes: worse ones first, the worst at the top, then unknown ones. */
export function worstFirst(changes: readonly PairChange[]): PairChange[] {
  return [...changes].sort(
    (a, b) =>
      urgency[a.delta.outcome] - urgency[b.delta.outcome] ||
      (b.delta.ratio ?? Number.POSITIVE_INFINITY) - (a.delta.ratio ?? Number.POSITIVE_INFINITY),
  );
}

/** Returns the P95 difference of the second run of a comparison; undefined when there is none. */
export function p95Delta({ deltas }: Pick<Comparison, 'deltas'>): Delta | undefined {
  return deltas.find(({ run, metric }) => run === 1 && metric === 'p95');
}
