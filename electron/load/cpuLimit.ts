import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where control groups are mounted. The Linux documents cgroup-v2.rst and sched-bwc.rst describe the files. */
const mount = '/sys/fs/cgroup';

type ReadText = (path: string) => string | undefined;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A group and all its parents, up to the root. */
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

/** The limit of one group of cgroup version 1 or 2, in cores; undefined when it has none. */
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

/** The control groups that limit this process; undefined when the system has no control groups. */
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
 * The number of processors that the control groups of this process, such as a container's, let it use. Null when
 * nothing limits it or the system has no control groups. Tests replace `read`.
 */
export function readCpuLimit(read: ReadText = readText): number | null {
  const limits = (limitedGroups(read) ?? []).map(({ cores }) => cores);
  return limits.length > 0 ? Math.min(...limits) : null;
}

/**
 * How long a group has been throttled since it was created, in ms. Read from `throttled_usec` of version 2 or
 * `throttled_time`, in ns, of version 1.
 */
function throttledMsOf(folder: string, read: ReadText): number | undefined {
  const text = read(join(folder, 'cpu.stat')) ?? '';
  const us = /^throttled_usec (\d+)$/m.exec(text)?.[1];
  if (us !== undefined) return Number(us) / 1e3;
  const ns = /^throttled_time (\d+)$/m.exec(text)?.[1];
  return ns === undefined ? undefined : Number(ns) / 1e6;
}

/**
 * Returns a function that returns how long, in ms, the control groups of this process were throttled since its last
 * call: 0 without a limit, null when the system does not report it. The kernel adds up the times of all processors, so
 * the sum can exceed the elapsed time. Tests replace `read`.
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
