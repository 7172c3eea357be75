import { performance } from 'node:perf_hooks';
import { z } from 'zod';

/** What a process used between two samples. */
export const processSampleSchema = z.object({
  /** Share of one core, 0..number of cores. */
  cpu: z.number(),
  /** Share of the time in which the event loop was busy, 0..1. */
  utilisation: z.number(),
  rssMb: z.number(),
});
export type ProcessSample = z.infer<typeof processSampleSchema>;

/** Returns a function that tells what this process used since its last call. */
export function processSampler(): () => ProcessSample {
  let lastMs = performance.now();
  let lastCpu = process.cpuUsage();
  let lastLoop = performance.eventLoopUtilization();
  return () => {
    const nowMs = performance.now();
    const cpu = process.cpuUsage();
    const loop = performance.eventLoopUtilization();
    const cpuMs = (cpu.user + cpu.system - lastCpu.user - lastCpu.system) / 1000;
    const sample: ProcessSample = {
      cpu: cpuMs / Math.max(1, nowMs - lastMs),
      utilisation: performance.eventLoopUtilization(loop, lastLoop).utilization,
      rssMb: process.memoryUsage.rss() / 2 ** 20,
    };
    lastMs = nowMs;
    lastCpu = cpu;
    lastLoop = loop;
    return sample;
  };
}
