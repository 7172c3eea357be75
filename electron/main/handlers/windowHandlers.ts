import { clipboard } from 'electron';
import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** What windows ask of the desktop. */
export function windowHandlers({ windows, preferences }: Parts) {
  return {
    copyText: async ({ text }) => clipboard.writeText(text),
    getPreferences: () => preferences.current,
    setTheme: ({ theme }) => preferences.setTheme(theme),
    openWindow: ({ runId }) => windows.open(runId === undefined ? undefined : { kind: 'open-run', runId }),
  } satisfies Partial<Handlers>;
}
