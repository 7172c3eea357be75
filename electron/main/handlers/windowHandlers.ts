import { clipboard, shell } from 'electron';
import { ProofloadError } from '../../../shared/errors/appError';
import { traceUrlOf } from '../../../shared/run/traceUrl';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** Window requests that concern the desktop. */
export function windowHandlers({ windows, preferences }: DesktopApp) {
  return {
    copyText: async ({ text }) => clipboard.writeText(text),
    getPreferences: () => preferences.current,
    setTheme: ({ theme }) => preferences.setTheme(theme),
    setTimeline: ({ timeline }) => preferences.setTimeline(timeline),
    setOutputs: (outputs) => preferences.setOutputs(outputs),
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
    saveFilter: (saved) => preferences.saveFilter(saved),
    deleteFilter: ({ name }) => preferences.deleteFilter(name),
    openWindow: ({ runId }) => windows.open(runId === undefined ? undefined : { kind: 'open-run', runId }),
  } satisfies Partial<Handlers>;
}
