import { create } from 'zustand';
import type { Theme, Timeline } from '../../shared/ipc/preferences';
import { api, settle } from '../api/client';
import { useNoticeStore } from './noticeStore';

interface PreferenceState {
  theme: Theme;
  /** The lanes of timelines that are not as they are without a choice. */
  timeline: Timeline;
  load(): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  setTimeline(timeline: Timeline): Promise<void>;
}

/** What the user has chosen for all windows. The colours follow by themselves: the page asks for the system's scheme. */
export const usePreferenceStore = create<PreferenceState>()((set) => ({
  theme: 'system',
  timeline: {},
  load: () =>
    settle(
      api.getPreferences(undefined),
      ({ theme, timeline }) => set({ theme, timeline }),
      useNoticeStore.getState().fail,
    ),
  setTheme: async (theme) => {
    set({ theme });
    await settle(api.setTheme({ theme }), () => {}, useNoticeStore.getState().fail);
  },
  setTimeline: async (timeline) => {
    set({ timeline });
    await settle(api.setTimeline({ timeline }), () => {}, useNoticeStore.getState().fail);
  },
}));
