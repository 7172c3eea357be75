import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { z } from 'zod';
import { busyMeter } from './busyMeter';
import { watchPauses } from './pauses';

/** What a process used between two samples. */
export const processSampleSchema = z.object({
  /** Share of one core, 0..number of cores. */
  cpu: z.number(),
  /** Share of the time for which the event loop was busy, 0..1 (busyMeter.ts). */
  utilisation: z.number(),
  rssMb: z.number(),
  /** Memory in use on the JavaScript heap, and in the buffers outside of it. */
  heapMb: z.number(),
  /** Pauses for garbage collection: their sum and the longest. */
  gcMs: z.number(),
  gcMaxMs: z.number(),
  /** How long the process was ready to run and waited for a processor; null if the system does not report it. */
  cpuWaitMs: z.number().nullable(),
  /** The maximum delay of the event loop. */
  loopDelayMs: z.number(),
  /** What the process wrote to disks; null if the system does not report it. */
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
 * Returns a function that returns what this process used since the previous call. Call that function every `everyMs`,
 * and this one only once.
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
    // If this call is late, the monitor of the event loop has not noticed the delay yet.
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
