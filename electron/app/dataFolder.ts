import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder in which runs are saved, the same for window and command line: `override`, else PROOFLOAD_DATA_DIR, else
 * the platform's folder for application data.
 */
export function dataFolder(override?: string, env: NodeJS.ProcessEnv = process.env): string {
  const chosen = override || env.PROOFLOAD_DATA_DIR;
  if (chosen) return resolve(chosen);
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Proofload');
    case 'win32':
      return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'Proofload');
    default:
      return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'proofload');
  }
}

/** The folder for files of storage engines during a run. It is on the disk that is measured, never on a RAM disk. */
export function workFolder(folder: string): string {
  return join(folder, 'work');
}
