import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where Node keeps what it has compiled of this program: NODE_COMPILE_CACHE, else the user's own place for what can be
 * made again. Not the system's temporary folder, which others can write to: what is in the cache is run.
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
