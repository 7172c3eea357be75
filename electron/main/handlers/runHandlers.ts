import type { ParsedInputOf } from '../../../shared/ipc/contract';
import type { Gate } from '../../../shared/ladder/gate';
import { describeLoad } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { calibrate } from '../../run/calibration/calibrate';
import { writeCalibration } from '../../run/calibration/calibrationStore';
import { climb } from '../../run/climb';
import { gateFor } from '../../run/gate';
import { levels } from '../../run/levels';
import { admitRun, checkEngine, hostsOf, prepareRun, urlTarget } from '../../run/prepareRun';
import type { RunRequest } from '../../run/runContract';
import { requireScenario } from '../../run/scenarios/scenarioStore';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

type Wish = Pick<ParsedInputOf<'startRun'>, 'target' | 'duration'> & { scenario: Scenario };

/** What a climb does to the server that it goes to. */
function climbSentence(all: readonly Scenario[]): string {
  const loads = all.filter(({ level }) => level !== undefined).map(({ load }) => describeLoad(load));
  return `One level after the other loads it: ${loads.join('; ')}`;
}

/** Runs, climbs and calibrations of this app: started, watched, stopped. */
export function runHandlers({ folder, history, session, environment, workers, hosts }: Parts) {
  const prepare = ({ scenario, target, duration }: Wish): RunRequest & { gate: Gate } => {
    const request = prepareRun(
      {
        scenario,
        target: target && (target.kind === 'url' ? urlTarget({ url: target.url }) : checkEngine(target)),
        overrides: { duration },
      },
      new Date(),
    );
    return { ...request, gate: gateFor(history, request) };
  };
  return {
    getRunView: () => session.view,
    startRun: async ({ levelId, target, duration, takesProfile }) => {
      session.requireIdle();
      const request = await admitRun(prepare({ scenario: requireScenario(folder, levelId), target, duration }), hosts);
      const { id } = session.start({ ...request, takesProfile: takesProfile && request.target.kind === 'engine' });
      return { id };
    },
    stopRun: () => session.stop('the run was stopped by the user.'),
    climb: async ({ target, duration }) => {
      session.requireIdle();
      // Before the first level, with what the others do: nobody waits for a question between them.
      const [first] = levels;
      const loaded = first ? prepare({ scenario: first, target, duration }) : undefined;
      // What was confirmed is where all levels go: the name may lead elsewhere by then.
      const addresses = await hosts.admit(loaded ? hostsOf(loaded.scenario, loaded.target) : [], climbSentence(levels));
      return climb(levels, {
        gateTo: (scenario) => prepare({ scenario, target, duration }).gate,
        run: async (scenario) => {
          const outcome = await session.start({ ...prepare({ scenario, target, duration }), addresses }).finished;
          return outcome.kind === 'document' && !['aborted', 'interrupted'].includes(outcome.document.verdict);
        },
      });
    },
    calibrate: () =>
      session.exclusively(async (signal) => {
        const calibration = await calibrate({ workers, environment, now: () => new Date(), onStep: () => {}, signal });
        writeCalibration(folder, calibration);
        return calibration;
      }),
  } satisfies Partial<Handlers>;
}
