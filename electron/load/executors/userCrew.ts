import type { VuStep } from '../schedule/vuSteps';
import type { Drain, DrainOptions } from './drain';
import type { Execution } from './executor';
import type { IterationBudget } from './iterationBudget';

/** How many virtual users there are when, and what they may do. */
export interface CrewOptions extends DrainOptions {
  /** How many virtual users are active from when on, in ms from the start. */
  steps: readonly VuStep[];
  /** Undefined when only time ends the load. */
  budget: IterationBudget | undefined;
  startMs: number;
  /** Warm-up and measured part together. */
  totalMs: number;
}

/** A virtual user that begins one iteration after the other. */
export interface CrewMember {
  /** Begins the next iteration, where it may. */
  iterate(nowMs: number): void;
}

/** Says whether users go on. */
export interface UserPace {
  /**
   * Whether a user may begin an iteration, which it then does. One that may not is idle until more users are wanted, or
   * for good where it has used up its iterations.
   */
  mayBegin(user: number, nowMs: number): boolean;
}

/** Keeps as many virtual users at work as the steps of a load say, each until it may begin nothing more. */
export function runCrew(
  { clock, recorder, steps, budget, startMs, totalMs }: CrewOptions,
  drain: Drain,
  makeUser: (number: number, pace: UserPace) => CrewMember,
): Execution {
  const users: CrewMember[] = [];
  /** By the number of the user: whether it is at an iteration, and whether it has used up its own. */
  const isIdle: boolean[] = [];
  const isRetired: boolean[] = [];
  let active = 0;
  let retired = 0;
  let cancelWake = (): void => {};

  const end = (): void => {
    if (drain.ended) return;
    cancelWake();
    if (budget) recorder.dropped(startMs + totalMs, budget.remaining);
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

  // Where there are fewer users than load processes, one without users has nothing to wait for.
  if (budget && steps.every(({ vus }) => vus === 0)) cancelWake = clock.wakeAt(startMs, end);
  else follow(0);
  return { stop: end, finished: drain.finished };
}
