import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { RunEvent } from '../../shared/run/events';
import { emptyRunView, type RunView, reduceRun } from '../../shared/run/reducer';
import type { EngineId } from '../../shared/run/target';
import { api, settle } from '../api/client';

interface RunState {
  view: RunView;
  /** Whether a start or a stop has been asked for and not yet happened. */
  pending: 'start' | 'stop' | undefined;
  error: AppError | undefined;
  apply(events: readonly RunEvent[]): void;
  load(): Promise<void>;
  start(levelId: string, engine: EngineId, duration: string | undefined): Promise<void>;
  stop(): Promise<void>;
}

/** Whether a run goes on. */
export function isRunning({ run, phase }: RunView): boolean {
  return run !== undefined && phase !== 'finished';
}

/** The run that goes on or was the last. */
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
  start: async (levelId, engine, duration) => {
    set({ pending: 'start', error: undefined });
    const clear = { pending: undefined };
    await settle(
      api.startRun({ levelId, engine, duration }),
      () => set(clear),
      (error) => set({ ...clear, error }),
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
