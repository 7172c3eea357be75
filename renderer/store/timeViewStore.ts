import { create } from 'zustand';

interface TimeViewState {
  /** The visible range of all charts in whole seconds. Undefined shows everything. */
  zoom: { from: number; to: number } | undefined;
  /** The second that is selected in one chart and marked in all. Undefined without a selection. */
  second: number | undefined;
  /** Shows all seconds that the range touches. */
  setZoom(zoom: TimeViewState['zoom']): void;
  lookAt(second: number | undefined): void;
}

/** The shared state of a run's charts: the visible range, and the second under the pointer. */
export const useTimeViewStore = create<TimeViewState>()((set) => ({
  zoom: undefined,
  second: undefined,
  setZoom: (zoom) => set({ zoom: zoom && { from: Math.floor(zoom.from), to: Math.ceil(zoom.to) } }),
  lookAt: (second) => set({ second }),
}));
