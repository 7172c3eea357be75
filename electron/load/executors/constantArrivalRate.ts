import type { ArrivalSchedule } from '../arrivalSchedule';
import type { Workload } from '../workload/workload';
import { Drain, type DrainOptions } from './drain';
import { judgeOutcome } from './exchange';
import type { Execution } from './executor';

export interface ArrivalOptions extends DrainOptions {
  schedule: ArrivalSchedule;
  workload: Workload;
  /** The clock's time that the schedule counts from. */
  startMs: number;
  /** Warm-up and measured part together. */
  totalMs: number;
  /** More requests than this are never in flight; what the schedule wants beyond is dropped and counted. */
  maxInFlight: number;
}

/** How long after the end of the schedule late requests are still sent. */
const maxOverrunMs = 1_000;
/** After so many sends in a row the sockets must be looked at, however late the generator is. */
const maxSendsPerTurn = 64;

/**
 * The open model: starts each iteration at the time that the schedule intends, whatever became of the earlier ones,
 * and measures response time from there. An iteration that comes due late is sent at once and its lateness recorded;
 * none is skipped unless too many requests are in flight.
 */
export function runArrivalRate(options: ArrivalOptions): Execution {
  const { clock, schedule, workload, sender, recorder, startMs, totalMs, maxInFlight } = options;
  const drain = new Drain(options);
  let index = 0;

  const send = (intendedMs: number): void => {
    if (recorder.inFlight >= maxInFlight) {
      recorder.dropped(intendedMs);
      return;
    }
    const request = workload.next();
    const { operation } = request;
    const sentMs = clock.nowMs();
    recorder.sent(intendedMs, sentMs);
    sender.send(request.wire, (outcome) => {
      const endedMs = clock.nowMs();
      recorder.completed({ operation, intendedMs, sentMs, endedMs, ...judgeOutcome(request, outcome) });
      drain.noteSettled();
    });
  };

  /** A generator that is hopelessly late stops trying; what it did not send is counted, never hidden. */
  const giveUp = (intendedMs: number): void => {
    recorder.dropped(intendedMs, schedule.countBefore(totalMs) - index);
    drain.end();
  };

  const wake = (): void => {
    for (let sentInTurn = 0; !drain.ended; sentInTurn += 1) {
      const dueMs = schedule.intendedMs(index);
      if (dueMs === undefined) {
        drain.end();
        return;
      }
      const intendedMs = startMs + dueMs;
      const nowMs = clock.nowMs();
      if (nowMs > startMs + totalMs + maxOverrunMs) {
        giveUp(intendedMs);
        return;
      }
      if (intendedMs > nowMs || sentInTurn >= maxSendsPerTurn) {
        clock.wakeAt(intendedMs, wake);
        return;
      }
      index += 1;
      send(intendedMs);
    }
  };

  clock.wakeAt(startMs, wake);
  return { stop: () => drain.end(), finished: drain.finished };
}
