import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

type SecretMethods = 'getSecrets' | 'setSecret' | 'deleteSecret';

/** What the Settings screen asks for of secrets. */
export function secretHandlers({ secrets }: Pick<Parts, 'secrets'>): Pick<Handlers, SecretMethods> {
  return {
    getSecrets: () => ({ secrets: secrets.list(), isEncrypted: secrets.isEncrypted }),
    setSecret: ({ name, value }) => secrets.set(name, value),
    deleteSecret: ({ name }) => secrets.delete(name),
  };
}
