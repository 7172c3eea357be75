import { create } from 'zustand';
import { type Comparison, maxCompared } from '../../shared/comparison/comparison';
import type { AppError } from '../../shared/errors/appError';
import type { ExperimentMetric } from '../../shared/experiment/experiment';
import { api, settle } from '../api/client';

interface CompareState {
  /** The compared runs. The first is the baseline. */
  ids: readonly string[];
  /** Undefined with fewer than two runs, and while it is being computed. */
  comparison: Comparison | undefined;
  /** The metric of the small multiples. */
  metric: ExperimentMetric;
  error: AppError | undefined;
  compare(ids: readonly string[]): Promise<void>;
  add(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  makeBaseline(id: string): Promise<void>;
  setMetric(metric: ExperimentMetric): void;
}

/** The compared runs. */
export const useCompareStore = create<CompareState>()((set, get) => ({
  ids: [],
  comparison: undefined,
  metric: 'p95',
  error: undefined,
  compare: async (wanted) => {
    const ids = [...new Set(wanted)].slice(0, maxCompared);
    set({ ids, error: undefined, ...(ids.length < 2 ? { comparison: undefined } : {}) });
    if (ids.length < 2) return;
    await settle(
      api.compareRuns({ ids: [...ids] }),
      (comparison) => {
        if (get().ids === ids) set({ comparison });
      },
      (error) => {
        if (get().ids === ids) set({ error, comparison: undefined });
      },
    );
  },
  add: (id) => get().compare([...get().ids, id]),
  remove: (id) => get().compare(get().ids.filter((known) => known !== id)),
  makeBaseline: (id) => get().compare([id, ...get().ids.filter((known) => known !== id)]),
  setMetric: (metric) => set({ metric }),
}));
