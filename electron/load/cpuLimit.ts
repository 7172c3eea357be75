import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where control groups are mounted, and which files say what (Linux, cgroup-v2.rst and sched-bwc.rst). */
const mount = '/sys/fs/cgroup';

type ReadText = (path: string) => string | undefined;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A group and all that it is in, up to the root. */
function withParents(group: string): string[] {
  const groups = [group];
  for (let current = group; current !== '/' && current !== '.'; current = dirname(current))
    groups.push(dirname(current));
  return groups;
}

function shareOf(quota: string | undefined, period: string | undefined): number | undefined {
  const cores = Number(quota) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? cores : undefined;
}

/** The limit of one group of version 1 or 2; undefined when it has none. */
function limitOf(folder: string, read: ReadText): number | undefined {
  const [quota, period] = read(join(folder, 'cpu.max'))?.trim().split(' ') ?? [];
  return (
    shareOf(quota, period) ?? shareOf(read(join(folder, 'cpu.cfs_quota_us')), read(join(folder, 'cpu.cfs_period_us')))
  );
}

interface LimitedGroup {
  folder: string;
  cores: number;
}

/** The control groups that limit this process; undefined where the system has none. */
function limitedGroups(read: ReadText): LimitedGroup[] | undefined {
  return read('/proc/self/cgroup')
    ?.split('\n')
    .flatMap((line) => {
      const [, controllers = '', ...rest] = line.split(':');
      const group = rest.join(':');
      if (group === '' || !(controllers === '' || controllers.split(',').includes('cpu'))) return [];
      return withParents(group).flatMap((parent) => {
        const folder = join(mount, controllers, parent);
        const cores = limitOf(folder, read);
        return cores === undefined ? [] : [{ folder, cores }];
      });
    });
}

/**
 * How many processors the control groups of this process let it use, as containers do; null where nothing limits it or
 * the system has none. `read` is for tests.
 */
export function readCpuLimit(read: ReadText = readText): number | null {
  const limits = (limitedGroups(read) ?? []).map(({ cores }) => cores);
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** How long a group was throttled since it began: `throttled_usec` of version 2, `throttled_time` in ns of version 1. */
function throttledMsOf(folder: string, read: ReadText): number | undefined {
  const text = read(join(folder, 'cpu.stat')) ?? '';
  const us = /^throttled_usec (\d+)$/m.exec(text)?.[1];
  if (us !== undefined) return Number(us) / 1e3;
  const ns = /^throttled_time (\d+)$/m.exec(text)?.[1];
  return ns === undefined ? undefined : Number(ns) / 1e6;
}

/**
 * Returns a function that tells for how long the control groups of this process had used up their limits and were kept
 * from running since its last call: 0 without a limit, null where the system does not tell. The kernel adds up the
 * times of all processors: it can be more than the time that went by. `read` is for tests.
 */
export function watchThrottling(read: ReadText = readText): () => number | null {
  const groups = limitedGroups(read);
  const total = (): number | null => {
    if (!groups) return null;
    const known = groups.map(({ folder }) => throttledMsOf(folder, read));
    return known.reduce<number | null>((sum, ms) => (sum === null || ms === undefined ? null : sum + ms), 0);
  };
  let lastMs = total();
  return () => {
    const nowMs = total();
    const sinceMs = nowMs === null || lastMs === null ? null : nowMs - lastMs;
    lastMs = nowMs;
    return sinceMs;
  };
}
