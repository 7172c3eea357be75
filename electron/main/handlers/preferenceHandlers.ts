import { shell } from 'electron';
import { ProofloadError } from '../../../shared/errors/appError';
import { traceUrlOf } from '../../../shared/run/traceUrl';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** Reads and changes the remembered settings of the windows, and opens a trace where they say. */
export function preferenceHandlers({ preferences }: Pick<DesktopApp, 'preferences'>) {
  return {
    getPreferences: () => preferences.current,
    setTheme: ({ theme }) => preferences.setTheme(theme),
    setTimeline: ({ timeline }) => preferences.setTimeline(timeline),
    setOutputs: (outputs) => preferences.setOutputs(outputs),
    saveFilter: (saved) => preferences.saveFilter(saved),
    deleteFilter: ({ name }) => preferences.deleteFilter(name),
    openTrace: ({ traceId }) => {
      const { traceUrl } = preferences.current.outputs;
      if (traceUrl === null)
        throw new ProofloadError(
          'usage',
          'it is not known where traces are shown',
          'give their URL in Settings, Outputs',
        );
      return shell.openExternal(traceUrlOf(traceUrl, traceId));
    },
  } satisfies Partial<Handlers>;
}
