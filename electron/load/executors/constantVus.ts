import type { Clock } from '../clock';
import type { Recorder } from '../recorder';
import type { Workload } from '../workload/workload';
import { judgeOutcome, type Sender } from './exchange';
import type { Execution } from './executor';

export interface VusOptions {
  clock: Clock;
  workload: Workload;
  sender: Sender;
  recorder: Recorder;
  vus: number;
  startMs: number;
  totalMs: number;
  gracefulStopMs: number;
  /** Called once when the time is over or the load is stopped, before the last responses are awaited. */
  onDraining(): void;
}

/** A failed connection must not turn a virtual user into a busy loop. */
const pauseAfterFailureMs = 10;

/** The closed model: each virtual user sends its next request when it has the answer to the last, without think time. */
export function runConstantVus(options: VusOptions): Execution {
  const { clock, workload, sender, recorder } = options;
  let ended = false;
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const settleIfDone = (): void => {
    if (!ended || recorder.inFlight > 0) return;
    cancelWake();
    finish();
  };

  const iterate = (): void => {
    if (ended) return;
    const request = workload.next();
    const sentMs = clock.nowMs();
    recorder.sent(sentMs, sentMs);
    sender.send(request.wire, (outcome) => {
      const endedMs = clock.nowMs();
      recorder.completed({
        operation: request.operation,
        intendedMs: sentMs,
        sentMs,
        endedMs,
        ...judgeOutcome(request, outcome),
      });
      if ('failure' in outcome) clock.wakeAt(endedMs + pauseAfterFailureMs, iterate);
      else iterate();
      settleIfDone();
    });
  };

  const end = (): void => {
    if (ended) return;
    ended = true;
    cancelWake();
    options.onDraining();
    cancelWake = clock.wakeAt(clock.nowMs() + options.gracefulStopMs, () => sender.close());
    settleIfDone();
  };

  let cancelWake = clock.wakeAt(options.startMs + options.totalMs, end);
  for (let vu = 0; vu < options.vus; vu += 1) clock.wakeAt(options.startMs, iterate);
  return { stop: end, finished };
}
