import { type JourneyDependencies, JourneyUser } from '../journey/journeyUser';
import { type PacedOptions, paceArrivals } from './arrivalPace';
import { Drain } from './drain';
import type { Execution } from './executor';

export interface JourneyArrivalOptions extends PacedOptions {
  dependencies: Omit<JourneyDependencies, 'isScheduled'>;
  /** The maximum number of virtual users. Journeys that would need more are dropped and counted. */
  maxUsers: number;
}

/**
 * The open model with journeys: each arrival begins a journey at its intended time, with a free virtual user. As in k6,
 * an arrival is dropped when all users are busy.
 */
export function runJourneyArrivals(options: JourneyArrivalOptions): Execution {
  const { dependencies, recorder, scenario, maxUsers } = options;
  const free: JourneyUser[] = [];
  const users: JourneyUser[] = [];
  const drain = new Drain(options, {
    count: () => users.length - free.length,
    interrupt: () => {
      for (const user of users) user.interrupt();
    },
  });

  const newUser = (): JourneyUser => {
    const number = dependencies.workload.userNumber(users.length);
    const user = new JourneyUser(number, { ...dependencies, isScheduled: true }, (ended) => {
      free.push(ended.user);
      drain.noteSettled();
    });
    users.push(user);
    return user;
  };

  return paceArrivals(options, drain, (intendedMs) => {
    const user = free.pop() ?? (users.length < maxUsers ? newUser() : undefined);
    if (user) user.begin(intendedMs);
    else recorder.dropped(intendedMs, 1, scenario);
  });
}
