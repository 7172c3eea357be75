import type { ToolListener } from './toolEvents';

/**
 * A listener for one process of a tool. It passes on what the process reports, with times as if all processes had begun
 * with the first, because each makes its share of the same schedule and clocks of machines differ. `begin` is called
 * once, with the first time that the process reports, and returns by how many ms it began later than the first.
 */
export function alignedListener(listener: ToolListener, begin: (atMs: number) => number): ToolListener {
  let behindMs: number | undefined;
  const behindAt = (atMs: number): number => {
    behindMs ??= begin(atMs);
    return behindMs;
  };
  return {
    started: (atMs) => listener.started(atMs - behindAt(atMs)),
    sent: (atMs, isWarmup) => listener.sent(atMs - behindAt(atMs), isWarmup),
    ended: (request) => {
      const behind = behindAt(request.startedMs);
      listener.ended({ ...request, startedMs: request.startedMs - behind, endedMs: request.endedMs - behind });
    },
    phase: (phase) => listener.phase({ ...phase, endedMs: phase.endedMs - behindAt(phase.endedMs) }),
    dropped: (atMs, count) => listener.dropped(atMs - behindAt(atMs), count),
    iterationBegan: (journey, atMs, isWarmup) => listener.iterationBegan(journey, atMs - behindAt(atMs), isWarmup),
    iterationEnded: (journey, startedMs, endedMs, several) => {
      const behind = behindAt(startedMs);
      listener.iterationEnded(journey, startedMs - behind, endedMs - behind, several);
    },
    checked: (atMs, operation, check, ok, several) =>
      listener.checked(atMs - behindAt(atMs), operation, check, ok, several),
    wasLate: (atMs, loopDelayMs) => {
      // Before it has begun, a process has no place on the time axis.
      if (behindMs !== undefined) listener.wasLate(atMs - behindMs, loopDelayMs);
    },
  };
}
