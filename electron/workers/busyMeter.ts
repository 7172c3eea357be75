import { performance } from 'node:perf_hooks';

/** How busy a process was between two samples. */
export interface Busyness {
  /** Share of one core that the whole process used, 0..number of cores. */
  cpu: number;
  /**
   * Share of the time for which the event loop was busy, 0..1. Electron runs the loop itself, and Node cannot tell
   * there. It is then the share of a core: at most 1, and at least the share of the known work.
   */
  utilisation: number;
}

/** Running totals that a process keeps about itself, in ms. */
export interface KnownTime {
  /** Time that was spent spinning. It is not work, but it uses the core. */
  spunMs(): number;
  /** Time in the process's own work: a lower bound for how busy it was. */
  workMs(): number;
}

const nothingKnown: KnownTime = { spunMs: () => 0, workMs: () => 0 };

/** Returns a function that returns how busy this process was since the previous call. */
export function busyMeter({ spunMs, workMs }: KnownTime = nothingKnown): () => Busyness {
  let lastMs = performance.now();
  let lastCpu = process.cpuUsage();
  let lastLoop = performance.eventLoopUtilization();
  let lastSpunMs = spunMs();
  let lastWorkMs = workMs();
  return () => {
    const nowMs = performance.now();
    const cpuNow = process.cpuUsage();
    const loopNow = performance.eventLoopUtilization();
    const spunNowMs = spunMs();
    const workNowMs = workMs();
    const elapsedMs = Math.max(0.001, nowMs - lastMs);
    const spunShare = (spunNowMs - lastSpunMs) / elapsedMs;
    const cpuMs = (cpuNow.user + cpuNow.system - lastCpu.user - lastCpu.system) / 1000;
    const { active, idle } = performance.eventLoopUtilization(loopNow, lastLoop);
    const cpu = Math.max(0, (workNowMs - lastWorkMs) / elapsedMs, cpuMs / elapsedMs - spunShare);
    const looped = active + idle > 0;
    lastMs = nowMs;
    lastCpu = cpuNow;
    lastLoop = loopNow;
    lastSpunMs = spunNowMs;
    lastWorkMs = workNowMs;
    return { cpu, utilisation: looped ? Math.max(0, active / (active + idle) - spunShare) : Math.min(1, cpu) };
  };
}
