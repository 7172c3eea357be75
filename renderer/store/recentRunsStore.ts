import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { RunSummary } from '../../shared/run/summary';
import { api, settle } from '../api/client';

const listLimit = 500;

interface RecentRunsState {
  /** Newest first. Undefined until they are loaded. */
  runs: readonly RunSummary[] | undefined;
  error: AppError | undefined;
  refresh(): Promise<void>;
}

/** The latest saved runs, for everything that needs them: the levels with their gates, the baseline, the palette. */
export const useRecentRunsStore = create<RecentRunsState>()((set) => ({
  runs: undefined,
  error: undefined,
  refresh: () =>
    settle(
      api.listRuns({ limit: listLimit }),
      (runs) => set({ runs, error: undefined }),
      (error) => set({ error }),
    ),
}));
