import { create } from 'zustand';
import type { EngineChoice } from '../../shared/engines/config';
import type { ConformanceReport } from '../../shared/engines/conformance';
import type { EngineId } from '../../shared/engines/engine';
import type { AppError } from '../../shared/errors/appError';
import type { ConformanceProgress } from '../../shared/ipc/contract';
import { api, settle } from '../api/client';

interface IntegrityState {
  reports: readonly ConformanceReport[] | undefined;
  progress: ConformanceProgress | undefined;
  /** The engine whose evidence is shown. */
  engine: EngineId | undefined;
  error: AppError | undefined;
  load(): Promise<void>;
  run(choice: EngineChoice): Promise<void>;
  stop(): Promise<void>;
  choose(engine: EngineId): void;
  noteProgress(progress: ConformanceProgress): void;
}

/** The conformance reports of the engines, and the suite in progress. */
export const useIntegrityStore = create<IntegrityState>()((set, get) => ({
  reports: undefined,
  progress: undefined,
  engine: undefined,
  error: undefined,
  load: () =>
    settle(
      api.getConformance(undefined),
      ({ reports, progress }) => set({ reports, progress }),
      (error) => set({ error }),
    ),
  run: async (choice) => {
    set({ error: undefined, engine: choice.engine, progress: { engine: choice.engine, results: [] } });
    await settle(
      api.runConformance(choice),
      () => {},
      (error) => set({ error }),
    );
    set({ progress: undefined });
    await get().load();
  },
  stop: () =>
    settle(
      api.stopConformance(undefined),
      () => {},
      (error) => set({ error }),
    ),
  choose: (engine) => set({ engine }),
  noteProgress: (progress) => set({ progress }),
}));
