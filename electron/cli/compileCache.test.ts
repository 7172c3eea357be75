import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileCacheFolder } from './compileCache';

describe('where compiled code is kept', () => {
  it.each([
    ['linux', { NODE_COMPILE_CACHE: '/chosen' }, '/chosen'],
    ['linux', { XDG_CACHE_HOME: '/caches' }, join('/caches', 'proofload', 'compiled')],
    ['linux', {}, join(homedir(), '.cache', 'proofload', 'compiled')],
    ['darwin', {}, join(homedir(), 'Library', 'Caches', 'Proofload', 'compiled')],
    ['win32', { LOCALAPPDATA: 'C:/Local' }, join('C:/Local', 'Proofload', 'Cache', 'compiled')],
  ] as const)('is the user’s own folder: %s with %j', (platform, env, folder) => {
    expect(compileCacheFolder(env, platform)).toBe(folder);
  });
});
