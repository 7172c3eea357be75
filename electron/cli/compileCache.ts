import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder of Node's compile cache for this program: NODE_COMPILE_CACHE, else the user's own cache folder. It is not
 * the system's temporary folder, because others can write to that and the code in the cache is run.
 */
export function compileCacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.NODE_COMPILE_CACHE) return env.NODE_COMPILE_CACHE;
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Caches', 'Proofload', 'compiled');
    case 'win32':
      return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'Proofload', 'Cache', 'compiled');
    default:
      return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'proofload', 'compiled');
  }
}
