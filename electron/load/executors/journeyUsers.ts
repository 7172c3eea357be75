import { type JourneyDependencies, JourneyUser } from '../journey/journeyUser';
import { Drain } from './drain';
import type { Execution } from './executor';
import { type CrewMember, type CrewOptions, runCrew, type UserPace } from './userCrew';
import { pauseAfterFailureMs } from './virtualUsers';

export interface JourneyUsersOptions extends CrewOptions {
  dependencies: Omit<JourneyDependencies, 'isScheduled'>;
}

/** The closed model with journeys: each virtual user begins its next journey when the last has ended. */
export function runJourneyUsers(options: JourneyUsersOptions): Execution {
  const { clock, dependencies } = options;
  const users: JourneyUser[] = [];
  let busy = 0;
  const drain = new Drain(options, {
    count: () => busy,
    interrupt: () => {
      for (const user of users) user.interrupt();
    },
  });

  const makeUser = (local: number, pace: UserPace): CrewMember => {
    const iterate = (nowMs: number): void => {
      if (!pace.mayBegin(local, nowMs)) return;
      busy += 1;
      user.begin(clock.nowMs());
    };
    const user = new JourneyUser(
      dependencies.workload.userNumber(local),
      { ...dependencies, isScheduled: false },
      ({ endedMs, lost }) => {
        busy -= 1;
        if (lost) clock.wakeAt(endedMs + pauseAfterFailureMs, () => iterate(clock.nowMs()));
        else iterate(endedMs);
        drain.noteSettled();
      },
    );
    users.push(user);
    return { iterate };
  };

  return runCrew(options, drain, makeUser);
}
