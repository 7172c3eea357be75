import type { Handlers } from '../ipc/register';
import type { Parts } from '../parts';

/** The secrets that scenarios refer to by their names. */
export function secretHandlers({ secrets }: Parts) {
  return {
    getSecrets: () => ({ secrets: secrets.list(), isEncrypted: secrets.isEncrypted }),
    setSecret: ({ name, value }) => secrets.set(name, value),
    deleteSecret: ({ name }) => secrets.delete(name),
  } satisfies Partial<Handlers>;
}
