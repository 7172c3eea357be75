import { optionFields } from '../../../shared/engines/config';
import { engineDescriptions } from '../../../shared/engines/engine';
import type { ParsedInputOf } from '../../../shared/ipc/contract';
import type { Gate } from '../../../shared/ladder/gate';
import { flameTree } from '../../../shared/profile/flameTree';
import type { Scenario } from '../../../shared/scenario/schema';
import { calibrate } from '../../run/calibration/calibrate';
import { readCalibration, writeCalibration } from '../../run/calibration/calibrationStore';
import { climb } from '../../run/climb';
import { gateFor } from '../../run/gate';
import { levels } from '../../run/levels';
import { checkEngine, prepareRun, urlTarget } from '../../run/prepareRun';
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
  | 'allowHost'
  | 'getFlameTree';

type Wish = Pick<ParsedInputOf<'startRun'>, 'target' | 'duration'> & { scenario: Scenario };

/** What the Run screen asks for. */
export function runHandlers(parts: Parts): Pick<Handlers, RunMethods> {
  const { folder, history, session, environment, workers, hosts } = parts;
  const prepare = ({ scenario, target, duration }: Wish): RunRequest & { gate: Gate } => {
    const request = prepareRun(
      {
        scenario,
        target: target && (target.kind === 'url' ? urlTarget({ url: target.url }) : checkEngine(target)),
        overrides: { duration },
        allowsHost: (host) => hosts.has(host),
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
    startRun: ({ levelId, target, duration, takesProfile }) => {
      const request = prepare({ scenario: requireScenario(folder, levelId), target, duration });
      const { id } = session.start({ ...request, takesProfile: takesProfile && request.target.kind === 'engine' });
      return { id };
    },
    stopRun: () => session.stop('the run was stopped by the user.'),
    climb: ({ target, duration }) =>
      climb(levels, {
        gateTo: (scenario) => prepare({ scenario, target, duration }).gate,
        run: async (scenario) => {
          const outcome = await session.start(prepare({ scenario, target, duration })).finished;
          return outcome.kind === 'document' && !['aborted', 'interrupted'].includes(outcome.document.verdict);
        },
      }),
    calibrate: () =>
      session.exclusively(async (signal) => {
        const calibration = await calibrate({ workers, environment, now: () => new Date(), onStep: () => {}, signal });
        writeCalibration(folder, calibration);
        return calibration;
      }),
    allowHost: ({ host }) => hosts.add(host),
    getFlameTree: ({ id }) => flameTree(readProfile(folder, id)),
  };
}
