import { z } from 'zod';
import { busyMeter } from './busyMeter';

/** What a process used between two samples. */
export const processSampleSchema = z.object({
  /** Share of one core, 0..number of cores. */
  cpu: z.number(),
  /** Share of the time in which the event loop was busy, 0..1 (busyMeter.ts). */
  utilisation: z.number(),
  rssMb: z.number(),
});
export type ProcessSample = z.infer<typeof processSampleSchema>;

/** Returns a function that tells what this process used since its last call. */
export function processSampler(): () => ProcessSample {
  const busy = busyMeter();
  return () => ({ ...busy(), rssMb: process.memoryUsage.rss() / 2 ** 20 });
}
