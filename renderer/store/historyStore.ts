import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import { emptyRunView, type RunView, reduceRun, replayEvents } from '../../shared/run/reducer';
import type { RunSummary } from '../../shared/run/summary';
import { api, settle } from '../api/client';

const listLimit = 500;

interface HistoryState {
  runs: readonly RunSummary[] | undefined;
  /** The run that is open, reduced from its replay like a live one. */
  opened: RunView | undefined;
  error: AppError | undefined;
  refresh(): Promise<void>;
  open(id: string): Promise<void>;
  close(): void;
}

/** The saved runs. */
export const useHistoryStore = create<HistoryState>()((set) => ({
  runs: undefined,
  opened: undefined,
  error: undefined,
  refresh: () =>
    settle(
      api.listRuns({ limit: listLimit }),
      (runs) => set({ runs, error: undefined }),
      (error) => set({ error }),
    ),
  open: (id) =>
    settle(
      api.getRun({ id }),
      (document) => set({ opened: replayEvents(document).reduce(reduceRun, emptyRunView), error: undefined }),
      (error) => set({ error }),
    ),
  close: () => set({ opened: undefined }),
}));
