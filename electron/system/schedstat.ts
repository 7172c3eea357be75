/** How a thread was scheduled since its start. */
export interface ScheduleTimes {
  /** Time on a processor. */
  cpuMs: number;
  /** How long it was ready to run and waited for a processor. */
  runDelayMs: number;
  /** How often it was given a processor. */
  timeslices: number;
}

const nsPerMs = 1e6;

/**
 * Parses the schedstat file of a thread (Linux, sched-stats.rst): two times in ns, and a count. Undefined for any other
 * text.
 */
export function parseSchedstat(text: string): ScheduleTimes | undefined {
  const [, cpuNs, delayNs, slices] = /^(\d+) (\d+) (\d+)\s*$/.exec(text) ?? [];
  if (slices === undefined) return undefined;
  return { cpuMs: Number(cpuNs) / nsPerMs, runDelayMs: Number(delayNs) / nsPerMs, timeslices: Number(slices) };
}
