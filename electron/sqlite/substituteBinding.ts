import { sep } from 'node:path';

/** The environment variable with the path of an add-on to use instead of the stock build (docs/adr/002). */
const bindingVariable = 'PROOFLOAD_SQLITE_BINDING';

/** The facts that decide whether a substitute is loaded. */
export interface BindingContext {
  /** The version of Electron; undefined under plain Node. */
  electron: string | undefined;
  env: NodeJS.ProcessEnv;
  /** The folder of this code. */
  folder: string;
}

/**
 * Returns the add-on that the environment names, for the substitute Electron of development. A package of the app runs
 * only its own code, from an archive (the fuse `onlyLoadAppFromAsar`), so the environment is ignored there. It is also
 * ignored under plain Node, where the stock build is faster.
 */
export function substituteBinding({ electron, env, folder }: BindingContext): string | undefined {
  const isPackage = folder.split(sep).includes('app.asar');
  return electron === undefined || isPackage ? undefined : env[bindingVariable] || undefined;
}
