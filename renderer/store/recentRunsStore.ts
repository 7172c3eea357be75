import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { RunSummary } from '../../shared/run/summary';
import { api, settle } from '../api/client';

const listLimit = 500;

interface RecentRunsState {
  /** The newest first; undefined until they have been read. */
  runs: readonly RunSummary[] | undefined;
  error: AppError | undefined;
  refresh(): Promise<void>;
}

/** The last saved runs, for all that looks back: the levels with their gates, the baseline, the palette. */
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
