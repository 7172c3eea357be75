import { readFileSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';

/** What kept a process from its work since the last look. */
export interface Pauses {
  /** Time in pauses of the garbage collector. */
  gcMs: number;
  gcMaxMs: number;
  /** Time in which it was ready to run and had to wait for a processor; null where the system does not tell. */
  cpuWaitMs: number | null;
}

/** Tells what has kept this process from its work since its last call. */
export type PauseWatch = () => Pauses;

/** The second field of /proc/self/schedstat: time spent on a run queue, in ns (Linux, sched-stats.rst). */
function readCpuWaitMs(): number | null {
  try {
    const wait = Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]);
    return Number.isFinite(wait) ? wait / 1e6 : null;
  } catch {
    return null;
  }
}

/** Starts watching this process; to be called once. */
export function watchPauses(): PauseWatch {
  let gcMs = 0;
  let gcMaxMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      gcMs += duration;
      gcMaxMs = Math.max(gcMaxMs, duration);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  let lastWaitMs = readCpuWaitMs();
  return () => {
    const waitMs = readCpuWaitMs();
    const cpuWaitMs = waitMs === null || lastWaitMs === null ? null : waitMs - lastWaitMs;
    const pauses = { gcMs, gcMaxMs, cpuWaitMs };
    lastWaitMs = waitMs;
    gcMs = 0;
    gcMaxMs = 0;
    return pauses;
  };
}
