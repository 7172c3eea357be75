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

/**
 * How many processors the control groups of this process let it use, as containers do; null where nothing limits it or
 * the system has none. `read` is for tests.
 */
export function readCpuLimit(read: ReadText = readText): number | null {
  const limits = (read('/proc/self/cgroup') ?? '').split('\n').flatMap((line) => {
    const [, controllers = '', ...rest] = line.split(':');
    const group = rest.join(':');
    if (group === '' || !(controllers === '' || controllers.split(',').includes('cpu'))) return [];
    return withParents(group).flatMap((parent) => limitOf(join(mount, controllers, parent), read) ?? []);
  });
  return limits.length > 0 ? Math.min(...limits) : null;
}
