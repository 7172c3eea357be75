import { create } from 'zustand';
import type { AppError, Result } from '../../shared/errors/appError';
import type { SavedFilter } from '../../shared/history/runQuery';
import {
  noOutputs,
  type OutputSettings,
  type Preferences,
  type Theme,
  type Timeline,
} from '../../shared/ipc/preferences';
import { api, settle } from '../api/client';
import { useNoticeStore } from './noticeStore';

interface PreferenceState extends Preferences {
  load(): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  /** Tells whether it was kept; otherwise `onError` has heard why not. */
  setHistoryBudget(megabytes: number | null, onError: (error: AppError) => void): Promise<boolean>;
  /** Remembers a filter in the place of one with the same name. */
  saveFilter(saved: SavedFilter): Promise<void>;
  deleteFilter(name: string): Promise<void>;
  setTimeline(timeline: Timeline): Promise<void>;
  /** Tells whether they were kept; otherwise `onError` has heard why not. */
  setOutputs(outputs: OutputSettings, onError: (error: AppError) => void): Promise<boolean>;
}

/** What the user has chosen for all windows. The colours follow by themselves: the page asks for the system's scheme. */
export const usePreferenceStore = create<PreferenceState>()((set) => {
  const load = (): Promise<void> =>
    settle(api.getPreferences(undefined), (preferences) => set(preferences), useNoticeStore.getState().fail);
  /** Another window may have changed them as well. */
  const changed = async (call: Promise<Result<void>>): Promise<void> => {
    await settle(call, () => {}, useNoticeStore.getState().fail);
    await load();
  };
  return {
    theme: 'system',
    historyBudgetMb: null,
    savedFilters: [],
    timeline: {},
    outputs: noOutputs,
    load,
    setTheme: async (theme) => {
      set({ theme });
      await settle(api.setTheme({ theme }), () => {}, useNoticeStore.getState().fail);
    },
    setHistoryBudget: async (historyBudgetMb, onError) => {
      let isKept = false;
      await settle(
        api.setHistoryBudget({ megabytes: historyBudgetMb }),
        () => {
          isKept = true;
          set({ historyBudgetMb });
        },
        onError,
      );
      return isKept;
    },
    setTimeline: async (timeline) => {
      set({ timeline });
      await settle(api.setTimeline({ timeline }), () => {}, useNoticeStore.getState().fail);
    },
    setOutputs: async (outputs, onError) => {
      let isKept = false;
      await settle(
        api.setOutputs(outputs),
        () => {
          isKept = true;
          set({ outputs });
        },
        onError,
      );
      return isKept;
    },
    saveFilter: (saved) => changed(api.saveFilter(saved)),
    deleteFilter: (name) => changed(api.deleteFilter({ name })),
  };
});
