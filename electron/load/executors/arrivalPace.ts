import type { ArrivalCursor } from '../schedule/arrivals';
import type { Drain, DrainOptions } from './drain';
import type { Execution } from './executor';

/** A schedule of arrivals and what is needed to follow it. */
export interface PacedOptions extends DrainOptions {
  arrivals: ArrivalCursor;
  /** The start of the schedule, on the clock. */
  startMs: number;
  /** Warm-up and measured part together. */
  totalMs: number;
}

/** How long after the end of the schedule late requests are still sent. */
const maxOverrunMs = 1_000;
/** The maximum number of sends in a row. Then the event loop must poll the sockets, however late the generator is. */
const maxSendsPerTurn = 64;

/**
 * Begins an iteration at each time of a schedule. `begin` gets that time and the time until the next arrival. An
 * iteration that is overdue begins at once.
 */
export function paceArrivals(
  { clock, arrivals, recorder, scenario, startMs, totalMs }: PacedOptions,
  drain: Drain,
  begin: (intendedMs: number, gapMs: number) => void,
): Execution {
  /** A generator that is too late stops sending. The iterations that it did not start are counted as dropped. */
  const giveUp = (): void => {
    for (; arrivals.dueMs < totalMs; arrivals.advance()) recorder.dropped(startMs + arrivals.dueMs, 1, scenario);
    drain.end();
  };

  const wake = (): void => {
    for (let sentInTurn = 0; !drain.ended; sentInTurn += 1) {
      if (arrivals.dueMs >= totalMs) {
        drain.end();
        return;
      }
      const intendedMs = startMs + arrivals.dueMs;
      const nowMs = clock.nowMs();
      if (nowMs > startMs + totalMs + maxOverrunMs) {
        giveUp();
        return;
      }
      if (intendedMs > nowMs || sentInTurn >= maxSendsPerTurn) {
        clock.wakeAt(intendedMs, wake);
        return;
      }
      arrivals.advance();
      begin(intendedMs, startMs + arrivals.dueMs - intendedMs);
    }
  };

  clock.wakeAt(startMs, wake);
  return { stop: () => drain.end(), finished: drain.finished };
}
