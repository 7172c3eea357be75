import { create } from 'zustand';
import type { Delta } from '../../shared/comparison/comparison';
import { baselinePairs, type PairChange, p95Delta, type RunPair, worstFirst } from '../../shared/comparison/runPairs';
import type { AppError } from '../../shared/errors/appError';
import type { TargetCapacity } from '../../shared/run/capacity';
import type { RunSummary } from '../../shared/run/summary';
import { api, settle } from '../api/client';

interface BoardState {
  /** The results of the last capacity search on each target. */
  capacities: readonly TargetCapacity[];
  /** The last run after each baseline and the result of its comparison, worst first. Undefined until they are known. */
  changes: readonly PairChange[] | undefined;
  error: AppError | undefined;
  loadCapacities(): Promise<void>;
  /** Compares the latest runs with their baselines, one after the other, outside the window's process. */
  loadChanges(runs: readonly RunSummary[]): Promise<void>;
}

function keyOf({ base, run }: RunPair): string {
  return `${base.id} ${run.id}`;
}

/** The data of the Overview besides the latest runs. */
export const useBoardStore = create<BoardState>()((set) => {
  /**
   * Results by pair of completed runs. They change only through the noise of other runs, which does not matter for a
   * list.
   */
  const known = new Map<string, Delta>();
  let latest = 0;
  return {
    capacities: [],
    changes: undefined,
    error: undefined,
    loadCapacities: () =>
      settle(
        api.getCapacities(undefined),
        (capacities) => set({ capacities, error: undefined }),
        (error) => set({ error }),
      ),
    loadChanges: async (runs) => {
      latest += 1;
      const asked = latest;
      const pairs = baselinePairs(runs);
      for (const pair of pairs) {
        if (known.has(keyOf(pair))) continue;
        await settle(
          api.compareRuns({ ids: [pair.base.id, pair.run.id] }),
          (comparison) => {
            const delta = p95Delta(comparison);
            if (delta) known.set(keyOf(pair), delta);
          },
          (error) => set({ error }),
        );
        if (asked !== latest) return;
      }
      const changes = pairs.flatMap((pair) => {
        const delta = known.get(keyOf(pair));
        return delta ? { ...pair, delta } : [];
      });
      set({ changes: worstFirst(changes) });
    },
  };
});
