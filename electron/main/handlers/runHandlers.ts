import { optionFields } from '../../../shared/engines/config';
import { engineDescriptions } from '../../../shared/engines/engine';
import { flameTree } from '../../../shared/profile/flameTree';
import { levels } from '../../app/runs/levels';
import { defaultEngine } from '../../app/targets/defaultEngine';
import { readCalibration } from '../../run/calibration/calibrationStore';
import { readProfile } from '../../run/profileStore';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/register';

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

/** What the Run screen asks for. */
export function runHandlers({ services, session, allowedHosts }: DesktopApp): Pick<Handlers, RunMethods> {
  const { dataFolder: folder, environment } = services;
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
    startRun: async (input) => {
      session.requireIdle();
      const { id } = session.start(await services.prepareRun(input));
      return { id };
    },
    stopRun: () => session.stop('the run was stopped by the user.'),
    climb: async (input) => {
      session.requireIdle();
      return services.climb(input, async (_level, request) => {
        const outcome = await session.start(request).finished;
        return outcome.kind === 'document' && !['aborted', 'interrupted'].includes(outcome.document.verdict);
      });
    },
    calibrate: () => session.exclusively((signal) => services.calibrate(() => {}, signal)),
    getAllowedHosts: () => [...allowedHosts.all],
    withdrawHost: ({ host }) => allowedHosts.withdraw(host),
    getFlameTree: ({ id }) => flameTree(readProfile(folder, id)),
  };
}
