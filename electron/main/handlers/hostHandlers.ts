import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** The hosts other than this machine that the user has confirmed. */
export function hostHandlers({ allowedHosts }: DesktopApp) {
  return {
    getAllowedHosts: () => [...allowedHosts.all],
    withdrawHost: ({ host }) => allowedHosts.withdraw(host),
  } satisfies Partial<Handlers>;
}
