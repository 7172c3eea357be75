import type { VuStep } from '../schedule/vuSteps';
import type { Drain, DrainOptions } from './drain';
import type { Execution } from './executor';
import type { IterationBudget } from './iterationBudget';

/** How many virtual users are active at which time, and how many iterations they may begin. */
export interface CrewOptions extends DrainOptions {
  /** The numbers of active virtual users, each with the time from which it applies, in ms from the start. */
  steps: readonly VuStep[];
  /** Undefined when only time ends the load. */
  budget: IterationBudget | undefined;
  startMs: number;
  /** Warm-up and measured part together. */
  totalMs: number;
}

/** A virtual user that runs one iteration after another. */
export interface CrewMember {
  /** Begins the next iteration, if the pace allows it. */
  iterate(nowMs: number): void;
}

/** Decides whether users continue. */
export interface UserPace {
  /**
   * Whether a user may begin an iteration, which it then must do. Otherwise it is idle until more users are needed. A
   * user that has used up its iterations is never needed again.
   */
  mayBegin(user: number, nowMs: number): boolean;
}

/** Keeps as many virtual users active as the steps of a load require, until none may begin another iteration. */
export function runCrew(
  { clock, recorder, scenario, steps, budget, startMs, totalMs }: CrewOptions,
  drain: Drain,
  makeUser: (number: number, pace: UserPace) => CrewMember,
): Execution {
  const users: CrewMember[] = [];
  /** By user number: whether the user is idle, and whether it has used up its iterations. */
  const isIdle: boolean[] = [];
  const isRetired: boolean[] = [];
  let active = 0;
  let retired = 0;
  let cancelWake = (): void => {};

  const end = (): void => {
    if (drain.ended) return;
    cancelWake();
    if (budget) recorder.dropped(startMs + totalMs, budget.remaining, scenario);
    drain.end();
  };

  const pace: UserPace = {
    mayBegin: (user, nowMs) => {
      if (drain.ended || user >= active) {
        isIdle[user] = true;
        return false;
      }
      if (budget && nowMs >= startMs + budget.fromMs && !budget.take(user)) {
        isRetired[user] = true;
        retired += 1;
        if (retired === users.length) end();
        return false;
      }
      return true;
    },
  };

  const activate = (user: CrewMember, number: number): void => {
    if (!isIdle[number] || isRetired[number]) return;
    isIdle[number] = false;
    user.iterate(clock.nowMs());
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
      while (users.length < active) {
        isIdle.push(true);
        isRetired.push(false);
        users.push(makeUser(users.length, pace));
      }
      users.slice(0, active).forEach(activate);
      follow(next + 1);
    });
  };

  // With fewer users than load processes, a process without users has nothing to wait for.
  if (budget && steps.every(({ vus }) => vus === 0)) cancelWake = clock.wakeAt(startMs, end);
  else follow(0);
  return { stop: end, finished: drain.finished };
}
