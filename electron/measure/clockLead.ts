/** By how much the wall clock is ahead of the monotonic one, and the most by which this may be wrong; both in ms. */
export interface ClockLead {
  leadMs: number;
  errorMs: number;
}

/** Two clocks are read one after the other. On a busy machine the process may be paused in between, so it tries again. */
const mostReadings = 5;
/** The pause between the readings of the two clocks that is accepted at once. */
const closeMs = 1;

/** Reads both clocks as closely together as the machine allows. */
export function readClockLead(wallMs = Date.now, monotonicMs = () => performance.now()): ClockLead {
  let closest: ClockLead | undefined;
  for (let reading = 0; reading < mostReadings; reading += 1) {
    const beforeMs = monotonicMs();
    const nowMs = wallMs();
    const afterMs = monotonicMs();
    const errorMs = (afterMs - beforeMs) / 2;
    if (!closest || errorMs < closest.errorMs) closest = { leadMs: nowMs - beforeMs - errorMs, errorMs };
    if (errorMs <= closeMs) break;
  }
  return closest ?? { leadMs: 0, errorMs: Number.POSITIVE_INFINITY };
}

/** By how much the wall clock was set forward between two readings, in ms: the part of it that is certain. */
export function clockStepMs(from: ClockLead, to: ClockLead): number {
  const stepMs = to.leadMs - from.leadMs;
  return Math.sign(stepMs) * Math.max(0, Math.abs(stepMs) - from.errorMs - to.errorMs);
}
