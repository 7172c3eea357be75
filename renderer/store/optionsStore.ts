import { create } from 'zustand';
import type { EngineConfig } from '../../shared/engines/config';
import type { ConformanceReport } from '../../shared/engines/conformance';
import type { DurabilityTier } from '../../shared/engines/durability';
import type { EngineId } from '../../shared/engines/engine';
import type { AppError, Result } from '../../shared/errors/appError';
import type { Experiment, Variant } from '../../shared/experiment/experiment';
import type { ExperimentProgress, ExperimentSummary, InputOf } from '../../shared/ipc/contract';
import { readTypedDuration } from '../../shared/scenario/typedDuration';
import { api, settle } from '../api/client';
import { useCatalogStore } from './catalogStore';

/** The settings of a new experiment. */
export interface ExperimentPlan {
  engines: readonly EngineId[];
  /** Variants in the notation of the command line, one per line. */
  others: string;
  levelId: string;
  /** The duration of each run as it was typed: in k6's notation, or in seconds. */
  duration: string;
  pairs: number;
  /** Whether it continues with up to twice the pairs while the result is undecided. */
  untilSure: boolean;
  withCapacity: boolean;
}

interface OptionsState {
  experiments: readonly ExperimentSummary[] | undefined;
  /** The experiment that is shown. While one is in progress, it is that one. */
  shown: Experiment | undefined;
  progress: ExperimentProgress | undefined;
  reports: readonly ConformanceReport[];
  plan: ExperimentPlan;
  /** The durability floor: what must survive a crash. */
  floor: DurabilityTier;
  error: AppError | undefined;
  /** The previous default engine, for an undo. */
  engineBefore: EngineConfig | undefined;
  load(): Promise<void>;
  open(id: string): Promise<void>;
  setPlan(changes: Partial<ExperimentPlan>): void;
  setFloor(floor: DurabilityTier): void;
  start(): Promise<void>;
  resume(id: string): Promise<void>;
  pause(): Promise<void>;
  cancel(id: string): Promise<void>;
  noteProgress(progress: ExperimentProgress): void;
  /** Makes the engine of a variant the default. */
  takeOption(target: Variant['target']): Promise<void>;
  undoTake(): Promise<void>;
}

/** The input for the main process from the plan. */
export function experimentInput({
  engines,
  others,
  levelId,
  duration,
  pairs,
  untilSure,
  withCapacity,
}: ExperimentPlan): InputOf<'startExperiment'> {
  const written = others
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const typed = readTypedDuration(duration);
  const plan = { pairs, withCapacity, untilSure, metric: 'p95' as const };
  return { ...plan, variants: [...engines, ...written], levelId, duration: typed.ok ? typed.duration : duration };
}

/** The experiment that compares storage options, and the decision between them. */
export const useOptionsStore = create<OptionsState>()((set, get) => {
  const onError = (error: AppError): void => set({ error });
  const measure = async (call: () => Promise<Result<Experiment>>): Promise<void> => {
    set({ error: undefined });
    await settle(call(), (shown) => set({ shown }), onError);
    set({ progress: undefined });
    await get().load();
  };
  const makeDefault = async (config: EngineConfig, onBefore: (before: EngineConfig) => void): Promise<void> => {
    await settle(api.setDefaultEngine(config), onBefore, onError);
    await useCatalogStore.getState().load();
  };
  return {
    experiments: undefined,
    shown: undefined,
    progress: undefined,
    reports: [],
    plan: {
      engines: ['sqlite-json', 'sqlite', 'memory', 'hybrid'],
      others: '',
      levelId: 'level-1',
      duration: '10s',
      pairs: 8,
      untilSure: false,
      withCapacity: true,
    },
    floor: 'process-crash-safe',
    error: undefined,
    engineBefore: undefined,
    load: async () => {
      await settle(api.getConformance(undefined), ({ reports }) => set({ reports }), onError);
      await settle(
        api.getExperiments(undefined),
        ({ experiments, progress }) =>
          set({ experiments, progress, ...(progress ? { shown: progress.experiment } : {}) }),
        onError,
      );
      const { shown, experiments, open } = get();
      const newest = experiments?.[0];
      if (!shown && newest) await open(newest.id);
    },
    open: (id) => settle(api.getExperiment({ id }), (shown) => set({ shown, error: undefined }), onError),
    setPlan: (changes) => set(({ plan }) => ({ plan: { ...plan, ...changes } })),
    setFloor: (floor) => set({ floor }),
    start: () => measure(() => api.startExperiment(experimentInput(get().plan))),
    resume: (id) => measure(() => api.resumeExperiment({ id })),
    pause: () => settle(api.pauseExperiment(undefined), () => {}, onError),
    cancel: async (id) => {
      await settle(api.cancelExperiment({ id }), () => {}, onError);
      if (get().progress) return;
      await get().open(id);
      await get().load();
    },
    noteProgress: (progress) => set({ progress, shown: progress.experiment }),
    takeOption: async (target) => {
      if (target.kind === 'engine') await makeDefault(target, (engineBefore) => set({ engineBefore }));
    },
    undoTake: async () => {
      const { engineBefore } = get();
      if (engineBefore) await makeDefault(engineBefore, () => set({ engineBefore: undefined }));
    },
  };
});
