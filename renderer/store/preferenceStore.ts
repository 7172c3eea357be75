import { create } from 'zustand';
import type { Theme } from '../../shared/ipc/preferences';
import { api, settle } from '../api/client';
import { useNoticeStore } from './noticeStore';

interface PreferenceState {
  theme: Theme;
  load(): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
}

/** What the user has chosen for all windows. The colours follow by themselves: the page asks for the system's scheme. */
export const usePreferenceStore = create<PreferenceState>()((set) => ({
  theme: 'system',
  load: () => settle(api.getPreferences(undefined), ({ theme }) => set({ theme }), useNoticeStore.getState().fail),
  setTheme: async (theme) => {
    set({ theme });
    await settle(api.setTheme({ theme }), () => {}, useNoticeStore.getState().fail);
  },
}));
