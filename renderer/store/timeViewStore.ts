import { create } from 'zustand';

interface TimeViewState {
  /** The stretch of whole seconds that all charts show; undefined shows all. */
  zoom: { from: number; to: number } | undefined;
  /** The second that is looked at in one chart, and marked in all; undefined when none is. */
  second: number | undefined;
  /** Shows the seconds that the stretch touches. */
  setZoom(zoom: TimeViewState['zoom']): void;
  lookAt(second: number | undefined): void;
}

/** What the charts of a run share: the stretch of time, and the second under the pointer. */
export const useTimeViewStore = create<TimeViewState>()((set) => ({
  zoom: undefined,
  second: undefined,
  setZoom: (zoom) => set({ zoom: zoom && { from: Math.floor(zoom.from), to: Math.ceil(zoom.to) } }),
  lookAt: (second) => set({ second }),
}));
