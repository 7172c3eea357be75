import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { InputOf } from '../../shared/ipc/contract';
import type { ClimbEnd } from '../../shared/ladder/climb';
import type { RunEvent } from '../../shared/run/events';
import { emptyRunView, type RunView, reduceRun } from '../../shared/run/reducer';
import { api, settle } from '../api/client';

interface RunState {
  view: RunView;
  /** A start or a stop that was requested and has not happened yet. */
  pending: 'start' | 'stop' | undefined;
  error: AppError | undefined;
  apply(events: readonly RunEvent[]): void;
  load(): Promise<void>;
  /** The main process asks first when the run goes to a host that is not confirmed. */
  start(input: InputOf<'startRun'>): Promise<void>;
  stop(): Promise<void>;
  /** The input of the last start, for a repetition. */
  lastStart: InputOf<'startRun'> | undefined;
  /** The end of the last climb. */
  climbEnd: ClimbEnd | undefined;
  climb(input: InputOf<'climb'>): Promise<void>;
}

/** Whether a run is in progress. */
export function isRunning({ run, phase }: RunView): boolean {
  return run !== undefined && phase !== 'finished';
}

/** The current or the last run. */
export const useRunStore = create<RunState>()((set) => ({
  view: emptyRunView,
  pending: undefined,
  error: undefined,
  apply: (events) =>
    set(({ view, pending }) => {
      const next = events.reduce(reduceRun, view);
      return { view: next, pending: next.phase === 'finished' ? undefined : pending };
    }),
  load: () =>
    settle(
      api.getRunView(undefined),
      (view) => set({ view }),
      (error) => set({ error }),
    ),
  start: async (input) => {
    set({ pending: 'start', error: undefined, climbEnd: undefined, lastStart: input });
    const clear = { pending: undefined };
    await settle(
      api.startRun(input),
      () => set(clear),
      (error) => set({ ...clear, error }),
    );
  },
  lastStart: undefined,
  climbEnd: undefined,
  climb: async (input) => {
    set({ error: undefined, climbEnd: undefined });
    await settle(
      api.climb(input),
      (climbEnd) => set({ climbEnd }),
      (error) => set({ error }),
    );
  },
  stop: async () => {
    set({ pending: 'stop' });
    await settle(
      api.stopRun(undefined),
      () => set({ pending: undefined }),
      (error) => set({ pending: undefined, error }),
    );
  },
}));
