import { describe, expect, it } from 'vitest';
import { readCpuLimit, watchThrottling } from './cpuLimit';

const limitWith = (files: Record<string, string>): number | null => readCpuLimit((path) => files[path]);

describe('readCpuLimit', () => {
  it('knows no limit where there is none', () => {
    expect(limitWith({})).toBeNull();
    expect(limitWith({ '/proc/self/cgroup': '0::/app\n', '/sys/fs/cgroup/app/cpu.max': 'max 100000\n' })).toBeNull();
    expect(
      limitWith({
        '/proc/self/cgroup': '4:cpu:/\n',
        '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
        '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      }),
    ).toBeNull();
  });

  it('reads the limits of both versions, and the strictest of a group and those that it is in', () => {
    expect(
      limitWith({
        '/proc/self/cgroup': '0::/pod/app\n',
        '/sys/fs/cgroup/pod/app/cpu.max': '200000 100000\n',
        '/sys/fs/cgroup/pod/cpu.max': '50000 100000\n',
      }),
    ).toBe(0.5);
    expect(
      limitWith({
        '/proc/self/cgroup': '5:memory:/x\n4:cpu,cpuacct:/bench\n',
        '/sys/fs/cgroup/cpu,cpuacct/bench/cpu.cfs_quota_us': '150000\n',
        '/sys/fs/cgroup/cpu,cpuacct/bench/cpu.cfs_period_us': '100000\n',
      }),
    ).toBe(1.5);
  });
});

describe('watchThrottling', () => {
  function throttledWith(files: Record<string, string>, later: Record<string, string>): number | null {
    let current = files;
    const throttledMs = watchThrottling((path) => current[path]);
    current = { ...files, ...later };
    return throttledMs();
  }

  it('tells for how long the limits of both versions have held the process up since the last look', () => {
    expect(
      throttledWith(
        {
          '/proc/self/cgroup': '0::/app\n',
          '/sys/fs/cgroup/app/cpu.max': '50000 100000\n',
          '/sys/fs/cgroup/app/cpu.stat': 'usage_usec 9\nnr_throttled 1\nthrottled_usec 1000\n',
        },
        { '/sys/fs/cgroup/app/cpu.stat': 'usage_usec 9\nnr_throttled 2\nthrottled_usec 21000\n' },
      ),
    ).toBe(20);
    expect(
      throttledWith(
        {
          '/proc/self/cgroup': '4:cpu,cpuacct:/bench\n',
          '/sys/fs/cgroup/cpu,cpuacct/bench/cpu.cfs_quota_us': '50000\n',
          '/sys/fs/cgroup/cpu,cpuacct/bench/cpu.cfs_period_us': '100000\n',
          '/sys/fs/cgroup/cpu,cpuacct/bench/cpu.stat': 'nr_periods 3\nnr_throttled 1\nthrottled_time 1000000\n',
        },
        { '/sys/fs/cgroup/cpu,cpuacct/bench/cpu.stat': 'nr_periods 3\nnr_throttled 1\nthrottled_time 8000000\n' },
      ),
    ).toBe(7);
  });

  it('is 0 without a limit, and not known where the system does not tell', () => {
    expect(throttledWith({ '/proc/self/cgroup': '0::/app\n' }, {})).toBe(0);
    expect(throttledWith({}, {})).toBeNull();
    expect(
      throttledWith({ '/proc/self/cgroup': '0::/app\n', '/sys/fs/cgroup/app/cpu.max': '50000 100000\n' }, {}),
    ).toBeNull();
  });
});
