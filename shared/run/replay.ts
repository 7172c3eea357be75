import type { RunEvent } from './events';
import { emptyRunView, type RunView, reduceRun } from './reducer';

/** An event of a saved run with its time, in ms since the start of the measured part. */
export interface ReplayStep {
  atMs: number;
  event: RunEvent;
}

/** The speeds at which a run can be replayed. */
export const replaySpeeds = [1, 2, 5, 10, 30, 60] as const;

/** Returns the length of a replay at normal speed, in ms. */
export function replayLengthMs(steps: readonly ReplayStep[]): number {
  return steps.at(-1)?.atMs ?? 0;
}

/** Returns what a window would have shown at a moment of the run. */
export function replayViewAt(steps: readonly ReplayStep[], positionMs: number): RunView {
  let view = emptyRunView;
  for (const { atMs, event } of steps) {
    if (atMs > positionMs) break;
    view = reduceRun(view, event);
  }
  return view;
}
