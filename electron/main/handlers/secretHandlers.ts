import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/register';

type SecretMethods = 'getSecrets' | 'setSecret' | 'deleteSecret';

/** What the Settings screen asks for of secrets. */
export function secretHandlers({ secrets }: Pick<DesktopApp, 'secrets'>): Pick<Handlers, SecretMethods> {
  return {
    getSecrets: () => ({ secrets: secrets.list(), isEncrypted: secrets.isEncrypted }),
    setSecret: ({ name, value }) => secrets.set(name, value),
    deleteSecret: ({ name }) => secrets.delete(name),
  };
}
