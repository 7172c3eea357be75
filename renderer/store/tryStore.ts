import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { InputOf } from '../../shared/ipc/contract';
import type { UrlChoice } from '../../shared/run/runInput';
import { checkDraft, type ScenarioDraft } from '../../shared/scenario/draft';
import type { TriedJourney } from '../../shared/scenario/triedJourney';
import { api, settle } from '../api/client';
import { shownDraft, useScenarioStore } from './scenarioStore';

interface TryState {
  /** The key of the tried scenario, and the name of the journey or the request. All other state belongs to it. */
  of: { scenario: string; journey: string } | undefined;
  /** The result. */
  tried: TriedJourney | undefined;
  isTrying: boolean;
  error: AppError | undefined;
  /**
   * Tries a journey of the shown draft, on the given service if there is one. Does nothing while another try is in
   * progress.
   */
  tryShown(journey: string, target: UrlChoice | undefined): Promise<void>;
  /** Tries a single request of the shown draft, by its index. `name` distinguishes it from the others. */
  tryRequest(place: number, name: string, target: UrlChoice | undefined): Promise<void>;
  /** Stops the try. */
  stop(): Promise<void>;
  /** Clears the result. */
  clear(): void;
}

/** Whether the current or last try is of this journey of the shown scenario. */
export function isOf({ of }: Pick<TryState, 'of'>, scenario: string | undefined, journey: string): boolean {
  return of !== undefined && of.scenario === scenario && of.journey === journey;
}

/** The try of a journey or a single request by one virtual user, for the editor. */
export const useTryStore = create<TryState>()((set, get) => {
  /** Tries the input from the shown draft, if the draft is valid and no other try is in progress. */
  const attempt = async (name: string, inputOf: (draft: ScenarioDraft) => InputOf<'tryJourney'>): Promise<void> => {
    const scenarios = useScenarioStore.getState();
    const { shown: scenario } = scenarios;
    const draft = shownDraft(scenarios);
    if (get().isTrying || scenario === undefined || !draft || !checkDraft(draft).ok) return;
    set({ of: { scenario, journey: name }, isTrying: true, tried: undefined, error: undefined });
    await settle(
      api.tryJourney(inputOf(draft)),
      (tried) => set({ tried }),
      // The user who stopped it needs no error.
      (error) => set({ error: error.code === 'interrupted' ? undefined : error }),
    );
    set({ isTrying: false });
  };
  return {
    of: undefined,
    tried: undefined,
    isTrying: false,
    error: undefined,
    tryShown: (journey, target) =>
      attempt(journey, (draft) => ({ draft: { ...draft }, journey, ...(target ? { target } : {}) })),
    tryRequest: (place, name, target) =>
      attempt(name, (draft) => {
        // Two requests can have the same name. A single request needs none.
        const requests = Array.isArray(draft.requests) ? [draft.requests[place]] : [];
        return { draft: { ...draft, requests }, ...(target ? { target } : {}) };
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
