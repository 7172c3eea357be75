import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/register';

/** Runs, climbs and calibrations of this app: started, watched, stopped. */
export function runHandlers({ services, session }: DesktopApp) {
  return {
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
  } satisfies Partial<Handlers>;
}
