import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { parseSchedstat, type ScheduleTimes } from '../system/schedstat';
import { type CollectionPauses, CollectionTimes } from './collectionTimes';

/** What kept a process from its work since the last sample. */
export interface Pauses extends CollectionPauses {
  /** The maximum delay of the event loop. */
  loopDelayMs: number;
  /** How long the process was ready to run and waited for a processor; null if the system does not report it. */
  cpuWaitMs: number | null;
  /**
   * How often it was given a processor. Each time follows a wait, even if a short one. Null if the system does not
   * report it.
   */
  cpuSlices: number | null;
}

/** Returns what kept this process from its work since the previous call. */
export type PauseWatch = () => Pauses;

function readOwnSchedule(): ScheduleTimes | undefined {
  try {
    return parseSchedstat(readFileSync('/proc/self/schedstat', 'utf8'));
  } catch {
    return undefined;
  }
}

type ScheduleSince = Pick<Pauses, 'cpuWaitMs' | 'cpuSlices'>;

function scheduleSince(last: ScheduleTimes | undefined, now: ScheduleTimes | undefined): ScheduleSince {
  if (!last || !now) return { cpuWaitMs: null, cpuSlices: null };
  return { cpuWaitMs: now.runDelayMs - last.runDelayMs, cpuSlices: now.timeslices - last.timeslices };
}

const delayResolutionMs = 10;

/** Returns a function that returns the maximum delay of the event loop since its previous call, in ms. */
function watchLoopDelay(): () => number {
  const delay = monitorEventLoopDelay({ resolution: delayResolutionMs });
  delay.enable();
  return () => {
    // The histogram records the whole time between two of its own samples. The resolution is not part of the delay.
    const worstMs = Math.max(0, delay.max / 1e6 - delayResolutionMs);
    delay.reset();
    return worstMs;
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Starts watching this process. Call it only once. */
export function watchPauses(): PauseWatch {
  const collections = new CollectionTimes(ownCpuMs());
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collections.add(duration);
  });
  observer.observe({ entryTypes: ['gc'] });
  const loopDelayMs = watchLoopDelay();
  let last = readOwnSchedule();
  return () => {
    const now = readOwnSchedule();
    const pauses = { ...collections.take(ownCpuMs()), loopDelayMs: loopDelayMs(), ...scheduleSince(last, now) };
    last = now;
    return pauses;
  };
}
