import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** The secrets to which scenarios refer by name. */
export function secretHandlers({ secrets }: DesktopApp) {
  return {
    getSecrets: () => ({ secrets: secrets.list(), isEncrypted: secrets.isEncrypted }),
    setSecret: ({ name, value }) => secrets.set(name, value),
    deleteSecret: ({ name }) => secrets.delete(name),
  } satisfies Partial<Handlers>;
}
