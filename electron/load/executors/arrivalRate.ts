import { Exchange } from '../http/exchange';
import type { ArrivalCursor } from '../schedule/arrivals';
import type { Workload } from '../workload/workload';
import { Drain, type DrainOptions } from './drain';
import type { Execution } from './executor';
import { PredictiveWaker } from './predictiveWaker';

export interface ArrivalOptions extends DrainOptions {
  arrivals: ArrivalCursor;
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
 * The open model (`constant-arrival-rate`, `ramping-arrival-rate`): starts each iteration at the time that the
 * schedule intends, whatever became of the earlier ones, and measures response time from there. An iteration that
 * comes due late is sent at once and its lateness recorded; none is skipped unless too many requests are in flight.
 */
export function runArrivalRate(options: ArrivalOptions): Execution {
  const { clock, arrivals, workload, sender, recorder, startMs, totalMs, maxInFlight } = options;
  const drain = new Drain(options);
  const free: Exchange[] = [];
  const watch = new PredictiveWaker(clock);

  const settled = (exchange: Exchange): void => {
    watch.settled(exchange.endedMs - exchange.sentMs);
    recorder.completed(exchange, exchange.judge());
    free.push(exchange);
    drain.noteSettled();
  };

  const send = (intendedMs: number, gapMs: number): void => {
    if (recorder.inFlight >= maxInFlight) {
      recorder.dropped(intendedMs);
      return;
    }
    const exchange = free.pop() ?? new Exchange(settled);
    const request = workload.next();
    const sentMs = clock.nowMs();
    exchange.begin(request, intendedMs, sentMs);
    recorder.sent(intendedMs, sentMs);
    sender.send(exchange);
    watch.sent(sentMs, gapMs);
  };

  /** A generator that is hopelessly late stops trying; what it did not send is counted, never hidden. */
  const giveUp = (): void => {
    for (; arrivals.dueMs < totalMs; arrivals.advance()) recorder.dropped(startMs + arrivals.dueMs);
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
      send(intendedMs, startMs + arrivals.dueMs - intendedMs);
    }
  };

  clock.wakeAt(startMs, wake);
  return { stop: () => drain.end(), finished: drain.finished };
}
