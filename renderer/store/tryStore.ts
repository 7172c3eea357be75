import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { InputOf } from '../../shared/ipc/contract';
import { checkDraft, type ScenarioDraft } from '../../shared/scenario/draft';
import type { TriedJourney } from '../../shared/scenario/triedJourney';
import { api, settle } from '../api/client';
import { shownDraft, useScenarioStore } from './scenarioStore';

interface TryState {
  /** The key of the scenario that was tried, and the name of the journey or the request; all else here is about it. */
  of: { scenario: string; journey: string } | undefined;
  /** What came of it. */
  tried: TriedJourney | undefined;
  isTrying: boolean;
  error: AppError | undefined;
  /** Tries a journey of what is shown, at a URL where one is chosen. Does nothing while one is being tried. */
  tryShown(journey: string, url: string | undefined): Promise<void>;
  /** Tries the single request at a place of what is shown, under a name that tells it from the others. */
  tryRequest(place: number, name: string, url: string | undefined): Promise<void>;
  /** Stops what is being tried. */
  stop(): Promise<void>;
  /** Forgets what came of it. */
  clear(): void;
}

/** Whether what is tried, or was tried last, is this journey of the scenario that is shown. */
export function isOf({ of }: Pick<TryState, 'of'>, scenario: string | undefined, journey: string): boolean {
  return of !== undefined && of.scenario === scenario && of.journey === journey;
}

/** A journey, or a single request, that one virtual user went through, as the editor shows it. */
export const useTryStore = create<TryState>()((set, get) => {
  /** Tries what `inputOf` makes of the draft that is shown, if that is a scenario and nothing else is being tried. */
  const attempt = async (name: string, inputOf: (draft: ScenarioDraft) => InputOf<'tryJourney'>): Promise<void> => {
    const scenarios = useScenarioStore.getState();
    const { shown: scenario } = scenarios;
    const draft = shownDraft(scenarios);
    if (get().isTrying || scenario === undefined || !draft || !checkDraft(draft).ok) return;
    set({ of: { scenario, journey: name }, isTrying: true, tried: undefined, error: undefined });
    await settle(
      api.tryJourney(inputOf(draft)),
      (tried) => set({ tried }),
      // Whoever has stopped it knows.
      (error) => set({ error: error.code === 'interrupted' ? undefined : error }),
    );
    set({ isTrying: false });
  };
  return {
    of: undefined,
    tried: undefined,
    isTrying: false,
    error: undefined,
    tryShown: (journey, url) =>
      attempt(journey, (draft) => ({ draft: { ...draft }, journey, ...(url === undefined ? {} : { url }) })),
    tryRequest: (place, name, url) =>
      attempt(name, (draft) => {
        // Two requests may have one name; what is alone in its scenario needs none.
        const requests = Array.isArray(draft.requests) ? [draft.requests[place]] : [];
        return { draft: { ...draft, requests }, ...(url === undefined ? {} : { url }) };
      }),
    stop: () =>
      settle(
        api.stopTry(),
        () => {},
        (error) => set({ error }),
      ),
    clear: () => set({ of: undefined, tried: undefined, error: undefined }),
  };
});
