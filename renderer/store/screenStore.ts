import { create } from 'zustand';

export const screens = [
  'overview',
  'run',
  'scenarios',
  'options',
  'history',
  'compare',
  'integrity',
  'settings',
] as const;
export type Screen = (typeof screens)[number];

/** An overlay that covers a screen until it is closed. */
export type Sheet = 'keys' | 'palette';

interface ScreenState {
  screen: Screen;
  sheet: Sheet | undefined;
  show(screen: Screen): void;
  /** Shows a sheet, or closes it if it is shown. */
  toggleSheet(sheet: Sheet): void;
  closeSheet(): void;
}

/** The current screen. */
export const useScreenStore = create<ScreenState>()((set) => ({
  screen: 'overview',
  sheet: undefined,
  show: (screen) => set({ screen }),
  toggleSheet: (sheet) => set((state) => ({ sheet: state.sheet === sheet ? undefined : sheet })),
  closeSheet: () => set({ sheet: undefined }),
}));
