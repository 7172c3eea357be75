import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { z } from 'zod';
import { busyMeter } from './busyMeter';
import { watchPauses } from './pauses';

/** What a process used between two samples. */
export const processSampleSchema = z.object({
  /** Share of one core, 0..number of cores. */
  cpu: z.number(),
  /** Share of the time in which the event loop was busy, 0..1 (busyMeter.ts). */
  utilisation: z.number(),
  rssMb: z.number(),
  /** What the JavaScript heap holds, with the buffers outside of it. */
  heapMb: z.number(),
  /** Pauses for garbage collection: their sum and the longest. */
  gcMs: z.number(),
  gcMaxMs: z.number(),
  /** Time in which it was ready to run and had to wait for a processor; null where the system does not report it. */
  cpuWaitMs: z.number().nullable(),
  /** By how much the event loop was late at worst. */
  loopDelayMs: z.number(),
  /** What it had written to disks; null where the system does not report it. */
  writtenMb: z.number().nullable(),
});
export type ProcessSample = z.infer<typeof processSampleSchema>;

const bytesPerMb = 2 ** 20;

/** The field write_bytes of /proc/self/io: what was really sent to storage (Linux, proc_pid_io(5)). */
function readWrittenMb(): number | null {
  try {
    const bytes = /^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1];
    return bytes === undefined ? null : Number(bytes) / bytesPerMb;
  } catch {
    return null;
  }
}

function heapMb(): number {
  const { used_heap_size: used, external_memory: external } = getHeapStatistics();
  return (used + external) / bytesPerMb;
}

/**
 * Returns a function that returns what this process used since the call before, to be called every `everyMs`. To be
 * called once.
 */
export function processSampler(everyMs: number): () => ProcessSample {
  const busy = busyMeter();
  const pauses = watchPauses();
  let lastWrittenMb = readWrittenMb();
  let lastMs = performance.now();
  return () => {
    const writtenMb = readWrittenMb();
    const written = writtenMb === null || lastWrittenMb === null ? null : writtenMb - lastWrittenMb;
    lastWrittenMb = writtenMb;
    // A call that is late has come before the event loop's own clock has noticed.
    const nowMs = performance.now();
    const lateMs = Math.max(0, nowMs - lastMs - everyMs);
    lastMs = nowMs;
    const paused = pauses();
    return {
      ...busy(),
      ...paused,
      loopDelayMs: Math.max(lateMs, paused.loopDelayMs),
      rssMb: process.memoryUsage.rss() / bytesPerMb,
      heapMb: heapMb(),
      writtenMb: written,
    };
  };
}
