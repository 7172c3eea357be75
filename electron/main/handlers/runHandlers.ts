import { optionFields } from '../../../shared/engines/config';
import { engineDescriptions } from '../../../shared/engines/engine';
import type { ParsedInputOf } from '../../../shared/ipc/contract';
import type { Gate } from '../../../shared/ladder/gate';
import { flameTree } from '../../../shared/profile/flameTree';
import { describeLoad } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { calibrate } from '../../run/calibration/calibrate';
import { readCalibration, writeCalibration } from '../../run/calibration/calibrationStore';
import { climb } from '../../run/climb';
import { gateFor } from '../../run/gate';
import { levels } from '../../run/levels';
import { admitRun, checkEngine, destinationsOf, prepareRun, urlTarget } from '../../run/prepareRun';
import { readProfile } from '../../run/profileStore';
import type { RunRequest } from '../../run/runContract';
import { requireScenario } from '../../run/scenarios/scenarioStore';
import { defaultEngine } from '../../run/settings';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

type RunMethods =
  | 'getCatalog'
  | 'getRunView'
  | 'startRun'
  | 'stopRun'
  | 'climb'
  | 'calibrate'
  | 'getAllowedHosts'
  | 'withdrawHost'
  | 'getFlameTree';

type Wish = Pick<ParsedInputOf<'startRun'>, 'target' | 'duration'> & { scenario: Scenario };

/** What a climb does to the server that it goes to. */
function climbSentence(all: readonly Scenario[]): string {
  const loads = all.filter(({ level }) => level !== undefined).map(({ load }) => describeLoad(load));
  return `One level after the other loads it: ${loads.join('; ')}`;
}

/** What the Run screen asks for. */
export function runHandlers(parts: Parts): Pick<Handlers, RunMethods> {
  const { folder, history, session, environment, workers, hosts, allowedHosts } = parts;
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
    getCatalog: () => ({
      levels,
      engines: engineDescriptions.map((engine) => ({ ...engine, options: optionFields(engine.id) })),
      defaultEngine: defaultEngine(folder),
      environment,
      calibration: readCalibration(folder, environment),
      dataFolder: folder,
    }),
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
      const addresses = await hosts.admit(
        loaded ? destinationsOf(loaded.scenario, loaded.target) : [],
        climbSentence(levels),
      );
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
    getAllowedHosts: () => [...allowedHosts.all],
    withdrawHost: ({ host }) => allowedHosts.withdraw(host),
    getFlameTree: ({ id }) => flameTree(readProfile(folder, id)),
  };
}
