import type { RunInput } from '../../../shared/run/runInput';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** Starts, watches and stops the runs, climbs and calibrations of this app. */
export function runHandlers({ services, session, runOutputs, preferences }: DesktopApp) {
  /** The built-in service has no traces, so its requests carry no trace context. */
  const traced = <Input extends RunInput | Omit<RunInput, 'scenario'>>(input: Input): Input =>
    preferences.current.outputs.traceContext && input.target?.kind === 'url' ? { ...input, tracing: 'w3c' } : input;
  return {
    getRunView: () => session.view,
    startRun: async (input) => {
      session.requireIdle();
      const { id } = await runOutputs.start(await services.prepareRun(traced(input)));
      return { id };
    },
    stopRun: () => session.stop('the run was stopped by the user.'),
    climb: async (input) => {
      session.requireIdle();
      return services.climb(traced(input), async (_level, request) => {
        const run = await runOutputs.start(request);
        const outcome = await run.finished;
        return outcome.kind === 'document' && !['aborted', 'interrupted'].includes(outcome.document.verdict);
      });
    },
    calibrate: () => session.exclusively((signal) => services.calibrate(() => {}, signal)),
  } satisfies Partial<Handlers>;
}
