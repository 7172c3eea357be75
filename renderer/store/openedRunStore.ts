import { create } from 'zustand';
import type { AppError, Result } from '../../shared/errors/appError';
import type { ImportedResult } from '../../shared/interchange/importedResult';
import type { StoredRun } from '../../shared/interchange/storedRun';
import type { InputOf } from '../../shared/ipc/contract';
import { emptyRunView, type RunView, reduceRun, replayEvents } from '../../shared/run/reducer';
import type { RunSummary } from '../../shared/run/summary';
import { api, settle } from '../api/client';
import { useReplayStore } from './replayStore';

/** The opened item: a run, reduced from its events like a live one, or the result of another tool. */
export type OpenedRun = { kind: 'run'; view: RunView } | { kind: 'result'; result: ImportedResult };

interface OpenedRunState {
  opened: OpenedRun | undefined;
  /** The summary of the opened run, as in the list. */
  summary: RunSummary | undefined;
  error: AppError | undefined;
  open(id: string): Promise<void>;
  /** Opens the sample run that ships with the app. */
  openSample(): Promise<void>;
  close(): void;
  note(id: string, note: Omit<InputOf<'noteRun'>, 'id'>): Promise<void>;
  tag(id: string, tag: string, isSet: boolean): Promise<void>;
  setBaseline(id: string, isSet: boolean): Promise<void>;
}

function openedOf(stored: StoredRun): OpenedRun {
  if (stored.kind === 'result') return stored;
  return { kind: 'run', view: replayEvents(stored.document).reduce(reduceRun, emptyRunView) };
}

/** The opened run, with its summary and notes. */
export const useOpenedRunStore = create<OpenedRunState>()((set, get) => {
  const onError = (error: AppError): void => set({ error });
  /** The run that was opened last. Late responses for another run are dropped. */
  let wanted: string | undefined;
  const loadSummary = (id: string): Promise<void> =>
    settle(
      api.getRunSummary({ id }),
      (summary) => {
        if (id === wanted) set({ summary });
      },
      onError,
    );
  const change = async (id: string, call: Promise<Result<void>>): Promise<void> => {
    set({ error: undefined });
    await settle(call, () => {}, onError);
    await loadSummary(id);
  };
  return {
    opened: undefined,
    summary: undefined,
    error: undefined,
    open: async (id) => {
      wanted = id;
      await loadSummary(id);
      await settle(
        api.getRun({ id }),
        (stored) => {
          if (id === wanted) set({ opened: openedOf(stored), error: undefined });
        },
        onError,
      );
      await settle(
        api.getHeat({ id }),
        (heat) =>
          set(({ opened }) =>
            opened?.kind === 'run' && opened.view.run?.id === id
              ? { opened: { kind: 'run', view: { ...opened.view, heat } } }
              : {},
          ),
        onError,
      );
    },
    openSample: () => settle(api.keepSampleRun(undefined), ({ id }) => get().open(id), onError),
    close: () => {
      wanted = undefined;
      useReplayStore.getState().close();
      set({ opened: undefined, summary: undefined });
    },
    note: (id, note) => change(id, api.noteRun({ id, ...note })),
    tag: (id, tag, isSet) => change(id, api.tagRuns({ ids: [id], tag, isSet })),
    setBaseline: (id, isSet) => change(id, api.setBaseline({ id, isSet })),
  };
});
