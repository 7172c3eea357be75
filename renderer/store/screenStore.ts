import { create } from 'zustand';

export const screens = ['run', 'options', 'history', 'compare', 'integrity', 'settings'] as const;
export type Screen = (typeof screens)[number];

interface ScreenState {
  screen: Screen;
  keysShown: boolean;
  show(screen: Screen): void;
  toggleKeys(): void;
}

/** Which screen is in front. */
export const useScreenStore = create<ScreenState>()((set) => ({
  screen: 'run',
  keysShown: false,
  show: (screen) => set({ screen }),
  toggleKeys: () => set(({ keysShown }) => ({ keysShown: !keysShown })),
}));
