import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import { checkDraft } from '../../shared/scenario/draft';
import type { TriedJourney } from '../../shared/scenario/triedJourney';
import { api, settle } from '../api/client';
import { shownDraft, useScenarioStore } from './scenarioStore';

interface TryState {
  /** What came of the last try, the key of the scenario that it was of, and the journey as it was called. */
  tried: { result: TriedJourney; scenario: string; journey: string } | undefined;
  /** The name of the journey that is being tried. */
  trying: string | undefined;
  error: AppError | undefined;
  /** Tries a journey of what is shown, at a URL where one is chosen. Does nothing while one is being tried. */
  tryShown(journey: string, url: string | undefined): Promise<void>;
  /** Stops what is being tried. */
  stop(): Promise<void>;
  /** Forgets what came of it. */
  clear(): void;
}

/** A journey that one virtual user went through, as the editor shows it. */
export const useTryStore = create<TryState>()((set, get) => ({
  tried: undefined,
  trying: undefined,
  error: undefined,
  tryShown: async (journey, url) => {
    const scenarios = useScenarioStore.getState();
    const { shown: scenario } = scenarios;
    const draft = shownDraft(scenarios);
    if (get().trying !== undefined || scenario === undefined || !draft || !checkDraft(draft).ok) return;
    set({ trying: journey, tried: undefined, error: undefined });
    await settle(
      api.tryJourney({ draft: { ...draft }, journey, ...(url === undefined ? {} : { url }) }),
      (result) => set({ tried: { result, scenario, journey } }),
      // Whoever has stopped it knows.
      (error) => set({ error: error.code === 'interrupted' ? undefined : error }),
    );
    set({ trying: undefined });
  },
  stop: () =>
    settle(
      api.stopTry(),
      () => {},
      (error) => set({ error }),
    ),
  clear: () => set({ tried: undefined, error: undefined }),
}));
