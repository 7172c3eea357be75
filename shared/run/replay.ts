import type { RunEvent } from './events';
import { emptyRunView, type RunView, reduceRun } from './reducer';

/** An event of a saved run, and when it came, in ms since the start of the measured part. */
export interface ReplayStep {
  atMs: number;
  event: RunEvent;
}

/** The speeds at which a run can be replayed. */
export const replaySpeeds = [1, 2, 5, 10, 30, 60] as const;

/** How long a replay takes at its own speed. */
export function replayLengthMs(steps: readonly ReplayStep[]): number {
  return steps.at(-1)?.atMs ?? 0;
}

/** What a window would have shown at a moment of the run. */
export function replayViewAt(steps: readonly ReplayStep[], positionMs: number): RunView {
  let view = emptyRunView;
  for (const { atMs, event } of steps) {
    if (atMs > positionMs) break;
    view = reduceRun(view, event);
  }
  return view;
}
