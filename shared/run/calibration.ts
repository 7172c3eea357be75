import { z } from 'zod';

/**
 * The capability of this machine's load generator, measured against a server that does no work. Latencies are in ms.
 */
export const calibrationSchema = z.object({
  measuredAt: z.iso.datetime(),
  /** The machine and runtime of the calibration (machineKey). */
  machine: z.string(),
  /** What generator, sockets and kernel add to every response time. */
  floorP50: z.number(),
  floorP99: z.number(),
  /** The lateness of sends at {@link pacingRate}. */
  pacingRate: z.number(),
  pacingP50: z.number(),
  pacingP99: z.number(),
  /** The highest rate that one load process sent on time, in requests per second. */
  highestRate: z.number(),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** The part of a run's environment that identifies its machine and runtime. */
interface Machine {
  cpu: string;
  cores: number;
  memoryMb: number;
  platform: string;
  osRelease: string;
  runtime: string;
}

/** Returns the key of a calibration, which does not apply to another machine or runtime. */
export function machineKey({ cpu, cores, memoryMb, platform, osRelease, runtime }: Machine): string {
  return [cpu, `${cores} cores`, `${memoryMb} MB`, platform, osRelease, runtime].join(', ');
}

/** Returns the highest rate of several load processes. Each needs a core of its own. */
export function calibratedRate({ highestRate }: Calibration, processes: number, cores: number): number {
  return highestRate * Math.max(1, Math.min(processes, cores - 1));
}
