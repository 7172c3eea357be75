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
  /** Resolves with whether it was saved. Otherwise `onError` has received the error. */
  setHistoryBudget(megabytes: number | null, onError: (error: AppError) => void): Promise<boolean>;
  /** Saves a filter and replaces one with the same name. */
  saveFilter(saved: SavedFilter): Promise<void>;
  deleteFilter(name: string): Promise<void>;
  setTimeline(timeline: Timeline): Promise<void>;
  /** Resolves with whether they were saved. Otherwise `onError` has received the error. */
  setOutputs(outputs: OutputSettings, onError: (error: AppError) => void): Promise<boolean>;
}

/**
 * The user's preferences for all windows. The colours follow the system's colour scheme, which the main process sets.
 */
export const usePreferenceStore = create<PreferenceState>()((set) => {
  const load = (): Promise<void> =>
    settle(api.getPreferences(undefined), (preferences) => set(preferences), useNoticeStore.getState().fail);
  /** Reloads the preferences as well, because another window may have changed them. */
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
