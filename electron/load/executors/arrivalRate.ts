import { Exchange } from '../http/exchange';
import type { Workload } from '../workload/workload';
import { type PacedOptions, paceArrivals } from './arrivalPace';
import { Drain } from './drain';
import type { Execution } from './executor';
import { PredictiveWaker } from './predictiveWaker';

export interface ArrivalOptions extends PacedOptions {
  workload: Workload;
  /** The maximum number of requests in flight. Iterations that would exceed it are dropped and counted. */
  maxInFlight: number;
}

/**
 * The open model (`constant-arrival-rate`, `ramping-arrival-rate`). Starts each iteration at its intended time,
 * whatever happened to the earlier ones, and measures response time from there. An overdue iteration is sent at once
 * and its lateness recorded. None is skipped unless too many requests are in flight.
 */
export function runArrivalRate(options: ArrivalOptions): Execution {
  const { clock, workload, sender, recorder, maxInFlight } = options;
  const drain = new Drain(options);
  const free: Exchange[] = [];
  const watch = new PredictiveWaker(clock);

  const settled = (exchange: Exchange): void => {
    watch.settled(exchange.endedMs - exchange.sentMs);
    recorder.completed(exchange, exchange.judge());
    free.push(exchange);
    drain.noteSettled();
  };

  return paceArrivals(options, drain, (intendedMs, gapMs) => {
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
  });
}
