/** How far the wall clock is ahead of the monotonic clock, and the maximum error of this value; both in ms. */
export interface ClockLead {
  leadMs: number;
  errorMs: number;
}

/**
 * The maximum number of attempts. On a busy machine, the process can be paused between the readings of the two clocks.
 */
const mostReadings = 5;
/** An error that is accepted without another attempt, in ms. */
const closeMs = 1;

/** Reads both clocks as close together in time as the machine allows. */
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

/**
 * How far the wall clock was set forward between two readings, in ms. Only the part beyond the errors of both counts.
 */
export function clockStepMs(from: ClockLead, to: ClockLead): number {
  const stepMs = to.leadMs - from.leadMs;
  return Math.sign(stepMs) * Math.max(0, Math.abs(stepMs) - from.errorMs - to.errorMs);
}
