import { type Comparison, maxCompared } from '../../../shared/comparison/comparison';
import { deltasOf } from '../../../shared/comparison/deltas';
import { binsOf } from '../../../shared/comparison/distribution';
import { comparabilityOf, guard } from '../../../shared/comparison/guard';
import { noiseOfRuns } from '../../../shared/comparison/runNoise';
import { ProofloadError } from '../../../shared/errors/appError';
import type { Noise } from '../../../shared/experiment/experiment';
import type { RunDocument } from '../../../shared/run/document';
import type { HistoryStore } from '../../history/historyStore';
import { comparedRun, type LoadedRun, loaded } from './comparedRun';
import { columnSeconds, heatmapOf } from './heatmap';

/**
 * The noise of this machine under the load of a run, from similar runs in the history. Undefined with fewer than four.
 */
export function noiseAround(
  history: Pick<HistoryStore, 'figuresLike'>,
  run: Pick<RunDocument, 'scenario' | 'target' | 'environment'>,
  without: readonly string[],
): Noise | undefined {
  return noiseOfRuns(history.figuresLike(run, without));
}

/**
 * Compares runs with the first of them. Throws `usage` for fewer than two runs, more than six, or the same run twice.
 * Also throws `run-not-found` and `history-unreadable`.
 */
export function compareRuns(history: HistoryStore, ids: readonly string[]): Comparison {
  if (ids.length < 2 || ids.length > maxCompared || new Set(ids).size < ids.length)
    throw new ProofloadError(
      'usage',
      `${ids.length} runs can't be compared`,
      `name two to ${maxCompared} runs, each once; the first is the baseline`,
    );
  const [base, ...others] = ids.map((id) => loaded(history.summary(id), history.stored(id)));
  if (!base) throw new ProofloadError('internal', 'no run to compare', 'report this as a defect');
  return compareLoaded(history, base, others);
}

/** Compares runs with `base`. The noise of the machine comes from the other runs in the history. */
export function compareLoaded(
  history: Pick<HistoryStore, 'figuresLike' | 'responseHistograms'>,
  base: LoadedRun,
  others: readonly LoadedRun[],
): Comparison {
  const runs = [base, ...others];
  const ids = runs.map(({ summary }) => summary.id);
  const noise = base.stored.kind === 'run' ? noiseAround(history, base.stored.document, ids) : undefined;
  const binsMs = binsOf(runs.map(({ histogram }) => histogram));
  const partly = runs.map((run) => comparedRun(run, binsMs));
  const columnS = columnSeconds(Math.max(1, ...partly.map(({ timeline }) => timeline.at(-1)?.t ?? 0)));
  const compared = partly.map((run) => ({ ...run, heatmap: heatmapOf(history, run.id, binsMs, columnS) }));
  const [first] = compared;
  return {
    runs: compared,
    deltas: compared.slice(1).flatMap((run, index) => {
      const other = others[index];
      if (!first || !other) return [];
      return deltasOf(first, run, index + 1, comparabilityOf(base.stored, other.stored), noise);
    }),
    warnings: others.flatMap((other, index) =>
      guard(base.stored, other.stored, [compared[0]?.name ?? '', compared[index + 1]?.name ?? '']),
    ),
    noise: noise ?? null,
    binsMs,
    columnS,
  };
}
