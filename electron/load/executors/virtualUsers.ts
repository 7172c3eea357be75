import { Exchange } from '../http/exchange';
import type { Workload } from '../workload/workload';
import { Drain } from './drain';
import type { Execution } from './executor';
import { type CrewOptions, runCrew, type UserPace } from './userCrew';

export interface VirtualUsersOptions extends CrewOptions {
  workload: Workload;
}

/** A pause after a failed request, so that a broken connection does not turn a virtual user into a busy loop. */
export const pauseAfterFailureMs = 10;

/**
 * The closed model (`constant-vus`, `ramping-vus`, `per-vu-iterations`, `shared-iterations`): each virtual user sends
 * its next request when it has the response to the last, without think time.
 */
export function runVirtualUsers(options: VirtualUsersOptions): Execution {
  const { clock, workload, sender, recorder } = options;
  const drain = new Drain(options);

  class VirtualUser {
    readonly #number: number;
    readonly #pace: UserPace;
    readonly #exchange = new Exchange((exchange) => this.#settled(exchange));

    constructor(number: number, pace: UserPace) {
      this.#number = number;
      this.#pace = pace;
    }

    iterate(nowMs: number): void {
      if (!this.#pace.mayBegin(this.#number, nowMs)) return;
      const request = workload.next();
      const sentMs = clock.nowMs();
      this.#exchange.begin(request, sentMs, sentMs);
      recorder.sent(sentMs, sentMs);
      sender.send(this.#exchange);
    }

    #settled(exchange: Exchange): void {
      const { endedMs, failure } = exchange;
      recorder.completed(exchange, exchange.judge());
      if (failure !== undefined) clock.wakeAt(endedMs + pauseAfterFailureMs, () => this.iterate(clock.nowMs()));
      else this.iterate(endedMs);
      drain.noteSettled();
    }
  }

  return runCrew(options, drain, (number, pace) => new VirtualUser(number, pace));
}
