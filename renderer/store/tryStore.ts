import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import { checkDraft } from '../../shared/scenario/draft';
import type { TriedJourney } from '../../shared/scenario/triedJourney';
import { api, settle } from '../api/client';
import { shownDraft, useScenarioStore } from './scenarioStore';

interface TryState {
  /** The key of the scenario that a journey was tried of, and the name of that; all else here is about it. */
  of: { scenario: string; journey: string } | undefined;
  /** What came of it. */
  tried: TriedJourney | undefined;
  isTrying: boolean;
  error: AppError | undefined;
  /** Tries a journey of what is shown, at a URL where one is chosen. Does nothing while one is being tried. */
  tryShown(journey: string, url: string | undefined): Promise<void>;
  /** Stops what is being tried. */
  stop(): Promise<void>;
  /** Forgets what came of it. */
  clear(): void;
}

/** Whether what is tried, or was tried last, is this journey of the scenario that is shown. */
export function isOf({ of }: Pick<TryState, 'of'>, scenario: string | undefined, journey: string): boolean {
  return of !== undefined && of.scenario === scenario && of.journey === journey;
}

/** A journey that one virtual user went through, as the editor shows it. */
export const useTryStore = create<TryState>()((set, get) => ({
  of: undefined,
  tried: undefined,
  isTrying: false,
  error: undefined,
  tryShown: async (journey, url) => {
    const scenarios = useScenarioStore.getState();
    const { shown: scenario } = scenarios;
    const draft = shownDraft(scenarios);
    if (get().isTrying || scenario === undefined || !draft || !checkDraft(draft).ok) return;
    set({ of: { scenario, journey }, isTrying: true, tried: undefined, error: undefined });
    await settle(
      api.tryJourney({ draft: { ...draft }, journey, ...(url === undefined ? {} : { url }) }),
      (tried) => set({ tried }),
      // Whoever has stopped it knows.
      (error) => set({ error: error.code === 'interrupted' ? undefined : error }),
    );
    set({ isTrying: false });
  },
  stop: () =>
    settle(
      api.stopTry(),
      () => {},
      (error) => set({ error }),
    ),
  clear: () => set({ of: undefined, tried: undefined, error: undefined }),
}));
