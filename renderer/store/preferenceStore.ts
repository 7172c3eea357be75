import { create } from 'zustand';
import type { AppError } from '../../shared/errors/appError';
import type { Preferences, Theme } from '../../shared/ipc/preferences';
import { api, settle } from '../api/client';
import { useNoticeStore } from './noticeStore';

interface PreferenceState extends Preferences {
  load(): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  /** Tells whether it was kept; otherwise `onError` has heard why not. */
  setHistoryBudget(megabytes: number | null, onError: (error: AppError) => void): Promise<boolean>;
}

/** What the user has chosen for all windows. The colours follow by themselves: the page asks for the system's scheme. */
export const usePreferenceStore = create<PreferenceState>()((set) => ({
  theme: 'system',
  historyBudgetMb: null,
  load: () => settle(api.getPreferences(undefined), (preferences) => set(preferences), useNoticeStore.getState().fail),
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
}));
