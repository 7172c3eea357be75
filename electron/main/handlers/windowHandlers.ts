import { clipboard } from 'electron';
import { exportStored } from '../../report/exporters/exportStored';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/register';

type WindowMethods = 'copyRun' | 'copyText' | 'getPreferences' | 'setTheme' | 'openWindow';

/** What windows ask of the desktop. */
export function windowHandlers({ services, windows, preferences }: DesktopApp): Pick<Handlers, WindowMethods> {
  return {
    copyRun: async ({ id, format }) => clipboard.writeText(exportStored(services.history, id, format)),
    copyText: async ({ text }) => clipboard.writeText(text),
    getPreferences: () => preferences.current,
    setTheme: ({ theme }) => preferences.setTheme(theme),
    openWindow: ({ runId }) => windows.open(runId === undefined ? undefined : { kind: 'open-run', runId }),
  };
}
