import type { Workload } from '../workload/workload';
import { Drain, type DrainOptions } from './drain';
import { judgeOutcome } from './exchange';
import type { Execution } from './executor';

export interface VusOptions extends DrainOptions {
  workload: Workload;
  vus: number;
  startMs: number;
  /** Warm-up and measured part together. */
  totalMs: number;
}

/** A failed connection must not turn a virtual user into a busy loop. */
const pauseAfterFailureMs = 10;

/** The closed model: each virtual user sends its next request when it has the answer to the last, without think time. */
export function runConstantVus(options: VusOptions): Execution {
  const { clock, workload, sender, recorder, vus, startMs, totalMs } = options;
  const drain = new Drain(options);

  const iterate = (): void => {
    if (drain.ended) return;
    const request = workload.next();
    const { operation } = request;
    const sentMs = clock.nowMs();
    recorder.sent(sentMs, sentMs);
    sender.send(request.wire, (outcome) => {
      const endedMs = clock.nowMs();
      recorder.completed({ operation, intendedMs: sentMs, sentMs, endedMs, ...judgeOutcome(request, outcome) });
      if ('failure' in outcome) clock.wakeAt(endedMs + pauseAfterFailureMs, iterate);
      else iterate();
      drain.noteSettled();
    });
  };

  const cancelEnd = clock.wakeAt(startMs + totalMs, () => drain.end());
  for (let vu = 0; vu < vus; vu += 1) clock.wakeAt(startMs, iterate);
  const stop = (): void => {
    cancelEnd();
    drain.end();
  };
  return { stop, finished: drain.finished };
}
