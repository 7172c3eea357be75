import { z } from 'zod';

/** What this machine's load generator can do, measured against a server that does nothing. Latencies in ms. */
export const calibrationSchema = z.object({
  measuredAt: z.iso.datetime(),
  /** The machine and the runtime that it is about (machineKey). */
  machine: z.string(),
  /** What generator, sockets and kernel add to every response time. */
  floorP50: z.number(),
  floorP99: z.number(),
  /** Lateness of sends at {@link pacingRate}. */
  pacingRate: z.number(),
  pacingP50: z.number(),
  pacingP99: z.number(),
  /** The highest rate that one load process has sent on time, in requests per second. */
  highestRate: z.number(),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** What of a run's environment says on which machine and runtime it was made. */
interface Machine {
  cpu: string;
  cores: number;
  memoryMb: number;
  platform: string;
  osRelease: string;
  runtime: string;
}

/** What a calibration is bound to: on another machine or runtime it says nothing. */
export function machineKey({ cpu, cores, memoryMb, platform, osRelease, runtime }: Machine): string {
  return [cpu, `${cores} cores`, `${memoryMb} MB`, platform, osRelease, runtime].join(', ');
}

/** The highest rate of several load processes: each needs a core of its own. */
export function calibratedRate({ highestRate }: Calibration, processes: number, cores: number): number {
  return highestRate * Math.max(1, Math.min(processes, cores - 1));
}
