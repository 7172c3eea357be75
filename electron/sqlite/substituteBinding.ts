import { sep } from 'node:path';

/** The environment variable with the path of an add-on to use instead of the stock build (docs/adr/002). */
const bindingVariable = 'PROOFLOAD_SQLITE_BINDING';

/** What decides whether a substitute is loaded. */
export interface Surroundings {
  /** The version of Electron; undefined under plain Node. */
  electron: string | undefined;
  env: NodeJS.ProcessEnv;
  /** Where this code stands. */
  folder: string;
}

/**
 * The add-on that the environment names, for the substitute Electron of development. A package runs its own code only,
 * and stands in an archive (the fuse `onlyLoadAppFromAsar`): there the environment is not asked, nor under plain Node,
 * where the stock build is faster.
 */
export function substituteBinding({ electron, env, folder }: Surroundings): string | undefined {
  const isPackage = folder.split(sep).includes('app.asar');
  return electron === undefined || isPackage ? undefined : env[bindingVariable] || undefined;
}
