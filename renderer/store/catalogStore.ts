import { z } from 'zod';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { EngineId } from '../../shared/engines/engine';
import type { AppError } from '../../shared/errors/appError';
import type { Catalog, InputOf } from '../../shared/ipc/contract';
import type { OtherGenerator } from '../../shared/run/driver';
import { quickDuration } from '../../shared/run/quickRun';
import type { UrlChoice } from '../../shared/run/runInput';
import type { Scenario } from '../../shared/scenario/schema';
import { hasOwnRequests } from '../../shared/scenario/steps';
import { hasTlsOptions, type TlsOptions, tlsOptionsSchema } from '../../shared/scenario/tlsOptions';
import { redactUrl } from '../../shared/secrets/redact';
import { api, settle } from '../api/client';
import { boundedStorage } from './boundedStorage';

type OptionValue = string | number | boolean;
type EngineOptionValues = Record<string, OptionValue>;

export interface CatalogState {
  catalog: Catalog | undefined;
  error: AppError | undefined;
  levelId: string;
  engine: EngineId;
  /** The settings that differ from the defaults, by engine. */
  engineOptions: Partial<Record<EngineId, EngineOptionValues>>;
  /** Whether the target is the built-in service or the service at `url`. */
  targetKind: 'engine' | 'url';
  url: string;
  /** The TLS options for the service at `url`. They are remembered, but for {@link TlsOptions.insecureSkipTLSVerify}. */
  tls: TlsOptions;
  /** Runs the level for {@link quickDuration} instead of its full length. */
  quick: boolean;
  /** Takes a CPU profile of the built-in service. */
  takesProfile: boolean;
  /** The load generator. */
  generator: 'proofload' | OtherGenerator;
  calibrating: boolean;
  calibrationError: AppError | undefined;
  load(): Promise<void>;
  /** Measures the performance of the generator on this machine. */
  calibrate(): Promise<void>;
  chooseLevel(levelId: string): void;
  chooseEngine(engine: EngineId): void;
  setEngineOption(engine: EngineId, name: string, value: OptionValue): void;
  chooseUrl(): void;
  setUrl(url: string): void;
  setTls(tls: TlsOptions): void;
  setQuick(quick: boolean): void;
  setTakesProfile(takesProfile: boolean): void;
  chooseGenerator(generator: CatalogState['generator']): void;
}

const defaultTls = tlsOptionsSchema.parse({});

/** The remembered TLS options. The defaults when they cannot be read. */
function rememberedTls(stored: unknown): TlsOptions {
  const parsed = z.object({ tls: tlsOptionsSchema }).safeParse(stored);
  return parsed.success ? parsed.data.tls : defaultTls;
}

/** The available choices and the current choices. */
export const useCatalogStore = create<CatalogState>()(
  persist(
    (set) => ({
      catalog: undefined,
      error: undefined,
      levelId: 'level-2',
      engine: 'sqlite',
      engineOptions: {},
      targetKind: 'engine',
      url: '',
      tls: defaultTls,
      quick: false,
      takesProfile: false,
      generator: 'proofload',
      calibrating: false,
      calibrationError: undefined,
      load: () =>
        settle(
          api.getCatalog(undefined),
          (catalog) =>
            set(({ engineOptions }) => {
              const { engine, options } = catalog.defaultEngine;
              return { catalog, engine, engineOptions: { ...engineOptions, [engine]: { ...options } } };
            }),
          (error) => set({ error }),
        ),
      calibrate: async () => {
        set({ calibrating: true, calibrationError: undefined });
        await settle(
          api.calibrate(undefined),
          (calibration) => set(({ catalog }) => ({ catalog: catalog && { ...catalog, calibration } })),
          (calibrationError) => set({ calibrationError }),
        );
        set({ calibrating: false });
      },
      chooseLevel: (levelId) => set({ levelId }),
      chooseEngine: (engine) => set({ engine, targetKind: 'engine' }),
      setEngineOption: (engine, name, value) =>
        set(({ engineOptions }) => ({
          engineOptions: { ...engineOptions, [engine]: { ...engineOptions[engine], [name]: value } },
        })),
      chooseUrl: () => set({ targetKind: 'url' }),
      setUrl: (url) => set({ url }),
      setTls: (tls) => set({ tls }),
      setQuick: (quick) => set({ quick }),
      setTakesProfile: (takesProfile) => set({ takesProfile }),
      chooseGenerator: (generator) => set({ generator }),
    }),
    {
      name: 'proofload.target',
      storage: createJSONStorage(() => boundedStorage),
      // Whoever comes back to another server would not notice that nobody verifies it.
      partialize: ({ tls }) => ({ tls: { ...tls, insecureSkipTLSVerify: false } }),
      merge: (stored, current) => ({ ...current, tls: rememberedTls(stored) }),
    },
  ),
);

/**
 * The input for a start with the current choices. A scenario's own requests go to their own servers, unless a URL is
 * chosen.
 */
export function chosenRun(state: CatalogState, scenario: Scenario): InputOf<'startRun'> {
  const saysWhere = hasOwnRequests(scenario) && (state.targetKind === 'engine' || state.url.trim() === '');
  return {
    scenario: state.levelId,
    target: saysWhere ? undefined : chosenTarget(state),
    duration: state.quick ? quickDuration : undefined,
    takesProfile: state.takesProfile,
    tool: toolOf(state.generator),
  };
}

function toolOf(generator: CatalogState['generator']): InputOf<'startRun'>['tool'] {
  if (generator === 'proofload') return undefined;
  return generator === 'k6-docker' ? { tool: 'k6', inDocker: true } : { tool: generator };
}

/** The input for a climb with the current choices. */
export function chosenClimb(state: CatalogState): InputOf<'climb'> {
  return { target: chosenTarget(state), duration: state.quick ? quickDuration : undefined };
}

type Service = Pick<CatalogState, 'url' | 'tls'>;

function urlChoice({ url, tls }: Service): UrlChoice {
  return { kind: 'url', url: url.trim(), ...(hasTlsOptions(tls) ? { tls } : {}) };
}

/** The service at the chosen URL. Undefined when an engine is chosen, or no URL is entered. */
export function chosenService(state: Service & Pick<CatalogState, 'targetKind'>): UrlChoice | undefined {
  return state.targetKind === 'url' && state.url.trim() !== '' ? urlChoice(state) : undefined;
}

/** The target of the next run. */
function chosenTarget(state: CatalogState): InputOf<'climb'>['target'] {
  const { targetKind, engine, engineOptions } = state;
  return targetKind === 'url' ? urlChoice(state) : { kind: 'engine', engine, options: engineOptions[engine] ?? {} };
}

/** The label of the target, as in the history: without the secrets of a URL. */
export function targetLabel({ targetKind, engine, url }: Pick<CatalogState, 'targetKind' | 'engine' | 'url'>): string {
  return targetKind === 'url' ? redactUrl(url.trim()) : engine;
}
