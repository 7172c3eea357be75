import { clipboard } from 'electron';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/register';

/** What windows ask of the desktop. */
export function windowHandlers({ windows, preferences }: DesktopApp) {
  return {
    copyText: async ({ text }) => clipboard.writeText(text),
    getPreferences: () => preferences.current,
    setTheme: ({ theme }) => preferences.setTheme(theme),
    setTimeline: ({ timeline }) => preferences.setTimeline(timeline),
    saveFilter: (saved) => preferences.saveFilter(saved),
    deleteFilter: ({ name }) => preferences.deleteFilter(name),
    openWindow: ({ runId }) => windows.open(runId === undefined ? undefined : { kind: 'open-run', runId }),
  } satisfies Partial<Handlers>;
}
