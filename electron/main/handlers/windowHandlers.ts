import { clipboard } from 'electron';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** Opens windows and writes to the clipboard. */
export function windowHandlers({ windows }: Pick<DesktopApp, 'windows'>) {
  return {
    copyText: async ({ text }) => clipboard.writeText(text),
    openWindow: ({ runId }) => windows.open(runId === undefined ? undefined : { kind: 'open-run', runId }),
  } satisfies Partial<Handlers>;
}
