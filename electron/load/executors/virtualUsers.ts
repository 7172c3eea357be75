import { Exchange } from '../http/exchange';
import type { VuStep } from '../schedule/vuSteps';
import type { Workload } from '../workload/workload';
import { Drain, type DrainOptions } from './drain';
import type { Execution } from './executor';
import type { IterationBudget } from './iterationBudget';

export interface VirtualUsersOptions extends DrainOptions {
  workload: Workload;
  /** How many virtual users are active from when on, in ms from the start. */
  steps: readonly VuStep[];
  /** Undefined when only time ends the load. */
  budget: IterationBudget | undefined;
  startMs: number;
  /** Warm-up and measured part together. */
  totalMs: number;
}

/** A failed connection must not turn a virtual user into a busy loop. */
const pauseAfterFailureMs = 10;

/**
 * The closed model (`constant-vus`, `ramping-vus`, `per-vu-iterations`, `shared-iterations`): each virtual user sends
 * its next request when it has the answer to the last, without think time.
 */
export function runVirtualUsers(options: VirtualUsersOptions): Execution {
  const { clock, workload, sender, recorder, steps, budget, startMs, totalMs } = options;
  const drain = new Drain(options);
  const users: VirtualUser[] = [];
  let active = 0;
  let retired = 0;
  let cancelWake = (): void => {};

  class VirtualUser {
    readonly #number: number;
    readonly #exchange = new Exchange((exchange) => this.#settled(exchange));
    #idle = true;
    #retired = false;

    constructor(number: number) {
      this.#number = number;
    }

    /** Goes on, unless it is at it already. */
    activate(): void {
      if (!this.#idle || this.#retired) return;
      this.#idle = false;
      this.#iterate(clock.nowMs());
    }

    #iterate(nowMs: number): void {
      if (drain.ended || this.#number >= active) {
        this.#idle = true;
        return;
      }
      if (budget && nowMs >= startMs + budget.fromMs && !budget.take(this.#number)) {
        this.#retired = true;
        retired += 1;
        if (retired === users.length) end();
        return;
      }
      const request = workload.next();
      const sentMs = clock.nowMs();
      this.#exchange.begin(request, sentMs, sentMs);
      recorder.sent(sentMs, sentMs);
      sender.send(this.#exchange);
    }

    #settled(exchange: Exchange): void {
      const { endedMs, failure } = exchange;
      recorder.completed(exchange, exchange.judge());
      if (failure !== undefined) clock.wakeAt(endedMs + pauseAfterFailureMs, () => this.#iterate(clock.nowMs()));
      else this.#iterate(endedMs);
      drain.noteSettled();
    }
  }

  const end = (): void => {
    if (drain.ended) return;
    cancelWake();
    if (budget) recorder.dropped(startMs + totalMs, budget.remaining);
    drain.end();
  };

  const follow = (next: number): void => {
    const step = steps[next];
    const atMs = Math.min(step?.atMs ?? totalMs, totalMs);
    cancelWake = clock.wakeAt(startMs + atMs, () => {
      if (!step || step.atMs >= totalMs) {
        end();
        return;
      }
      active = step.vus;
      while (users.length < active) users.push(new VirtualUser(users.length));
      for (const user of users.slice(0, active)) user.activate();
      follow(next + 1);
    });
  };

  // Where there are fewer users than load processes, one without users has nothing to wait for.
  if (budget && steps.every(({ vus }) => vus === 0)) cancelWake = clock.wakeAt(startMs, end);
  else follow(0);
  return { stop: end, finished: drain.finished };
}
