import { create } from 'zustand';
import { emptyRunView, type RunView } from '../../shared/run/reducer';
import { type ReplayStep, replayLengthMs, replayViewAt } from '../../shared/run/replay';
import { api, settle } from '../api/client';
import { useNoticeStore } from './noticeStore';

/** The interval at which the view advances, the same as for a live run. */
const stepMs = 250;

interface ReplayState {
  /** Undefined while there is no replay. */
  steps: readonly ReplayStep[] | undefined;
  view: RunView;
  positionMs: number;
  lengthMs: number;
  speed: number;
  playing: boolean;
  open(id: string): Promise<void>;
  close(): void;
  play(): void;
  pause(): void;
  /** Pauses at a position, to look at it. */
  seek(positionMs: number): void;
  setSpeed(speed: number): void;
}

/** Replays a saved run in the live view. */
export const useReplayStore = create<ReplayState>()((set, get) => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const moveTo = (positionMs: number): void => {
    const { steps = [], lengthMs } = get();
    const position = Math.min(lengthMs, Math.max(0, positionMs));
    set({ positionMs: position, view: replayViewAt(steps, position) });
    if (position >= lengthMs) get().pause();
  };
  return {
    steps: undefined,
    view: emptyRunView,
    positionMs: 0,
    lengthMs: 0,
    speed: 10,
    playing: false,
    open: (id) =>
      settle(
        api.getReplay({ id }),
        (steps) => {
          set({ steps, lengthMs: replayLengthMs(steps) });
          moveTo(0);
          get().play();
        },
        useNoticeStore.getState().fail,
      ),
    close: () => {
      stop();
      set({ steps: undefined, view: emptyRunView, playing: false, positionMs: 0 });
    },
    play: () => {
      stop();
      if (get().positionMs >= get().lengthMs) moveTo(0);
      set({ playing: true });
      timer = setInterval(() => moveTo(get().positionMs + stepMs * get().speed), stepMs);
    },
    pause: () => {
      stop();
      set({ playing: false });
    },
    seek: (positionMs) => {
      get().pause();
      moveTo(positionMs);
    },
    setSpeed: (speed) => set({ speed }),
  };
});
