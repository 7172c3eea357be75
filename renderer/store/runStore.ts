import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { InputOf } from '../../shared/ipc/contract';
import type { ClimbEnd } from '../../shared/ladder/climb';
import type { RunEvent } from '../../shared/run/events';
import { emptyRunView, type RunView, reduceRun } from '../../shared/run/reducer';
import type { Scenario } from '../../shared/scenario/schema';
import { api, settle } from '../api/client';

interface RunState {
  view: RunView;
  /** Whether a start or a stop has been asked for and not yet happened. */
  pending: 'start' | 'stop' | undefined;
  error: AppError | undefined;
  apply(events: readonly RunEvent[]): void;
  load(): Promise<void>;
  /** A start that waits for the user to confirm its host. */
  unconfirmed: { host: string; wish: InputOf<'startRun'>; scenario: Scenario } | undefined;
  /** `scenario` is the one that the wish names, for what is asked before it is run. */
  start(wish: InputOf<'startRun'>, scenario: Scenario): Promise<void>;
  /** Confirms the host of the start that waits, and starts it. */
  confirmHost(): Promise<void>;
  dismissHost(): void;
  stop(): Promise<void>;
  /** How the last climb ended. */
  climbEnd: ClimbEnd | undefined;
  climb(wish: InputOf<'climb'>): Promise<void>;
}

/** Whether a run goes on. */
export function isRunning({ run, phase }: RunView): boolean {
  return run !== undefined && phase !== 'finished';
}

/** The host that a refusal is about: of the URL that is loaded, or of a request of the scenario. */
function refusedHost(
  { target }: InputOf<'startRun'>,
  { requests = [] }: Scenario,
  { message }: AppError,
): string | undefined {
  const urls = [...(target?.kind === 'url' ? [target.url] : []), ...requests.map(({ url }) => url)];
  const hosts = urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).hostname] : []));
  return hosts.find((host) => message.startsWith(`${host} `));
}

/** The run that goes on or was the last. */
export const useRunStore = create<RunState>()((set, get) => ({
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
  unconfirmed: undefined,
  start: async (wish, scenario) => {
    set({ pending: 'start', error: undefined, unconfirmed: undefined, climbEnd: undefined });
    const clear = { pending: undefined };
    await settle(
      api.startRun(wish),
      () => set(clear),
      (error) => {
        const host = error.code === 'remote-not-allowed' ? refusedHost(wish, scenario, error) : undefined;
        set(host === undefined ? { ...clear, error } : { ...clear, unconfirmed: { host, wish, scenario } });
      },
    );
  },
  confirmHost: async () => {
    const { unconfirmed, start } = get();
    if (!unconfirmed) return;
    await settle(
      api.allowHost({ host: unconfirmed.host }),
      () => start(unconfirmed.wish, unconfirmed.scenario),
      (error) => set({ error, unconfirmed: undefined }),
    );
  },
  climbEnd: undefined,
  climb: async (wish) => {
    set({ error: undefined, climbEnd: undefined });
    await settle(
      api.climb(wish),
      (climbEnd) => set({ climbEnd }),
      (error) => set({ error }),
    );
  },
  dismissHost: () => set({ unconfirmed: undefined }),
  stop: async () => {
    set({ pending: 'stop' });
    await settle(
      api.stopRun(undefined),
      () => set({ pending: undefined }),
      (error) => set({ pending: undefined, error }),
    );
  },
}));
