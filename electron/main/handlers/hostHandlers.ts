import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** The hosts other than this machine that the user has confirmed. */
export function hostHandlers({ allowedHosts }: Parts) {
  return {
    getAllowedHosts: () => [...allowedHosts.all],
    withdrawHost: ({ host }) => allowedHosts.withdraw(host),
  } satisfies Partial<Handlers>;
}
