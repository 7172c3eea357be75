import { cpus } from 'node:os';
import type { RunInterval } from '../../shared/run/metrics';
import { type ProcessorTimes, readProcessorTimes } from '../system/processorTimes';
import { readProcess } from '../system/processTable';
import { rounded } from './rounding';

/** What a second says of the processors of this machine. */
export type MachineSecond = Pick<RunInterval, 'otherCpuShare' | 'stolenCpuShare'>;

export const unknownMachine: MachineSecond = { otherCpuShare: null, stolenCpuShare: null };

/** The shortest stretch that the clock ticks of the system resolve, per processor. */
const leastTicks = 25;

/** What processors and processes have used so far, in clock ticks. */
export interface CpuLook {
  processors: ProcessorTimes;
  byPid: ReadonlyMap<number, number>;
}

/** Reads what the processors and some processes have used. Throws where the system has no /proc. */
export function lookAtCpu(pids: readonly number[]): CpuLook {
  const processors = readProcessorTimes();
  if (!processors) throw new Error('/proc/stat does not tell what the processors did');
  const ticks = pids.flatMap((pid): [number, number][] => {
    const stat = readProcess(String(pid));
    return stat ? [[pid, stat.ticks]] : [];
  });
  return { processors, byPid: new Map(ticks) };
}

/**
 * The processors from one second to the next, at the cost of one small file for each known process. A process that was
 * started since all of them were last looked at (machineUse.ts) counts as one of others until they are looked at again.
 */
export class MachineSeconds {
  #last: CpuLook;

  constructor(first: CpuLook) {
    this.#last = first;
  }

  /** What others used since the last call, as shares of all processors. */
  until(look: CpuLook): MachineSecond {
    const { processors, byPid } = this.#last;
    const total = look.processors.total - processors.total;
    if (total < leastTicks * cpus().length) return unknownMachine;
    this.#last = look;
    let own = 0;
    for (const [pid, ticks] of look.byPid) own += Math.max(0, ticks - (byPid.get(pid) ?? ticks));
    return {
      otherCpuShare: rounded(Math.max(0, look.processors.busy - processors.busy - own) / total, 5),
      stolenCpuShare: rounded(Math.max(0, look.processors.steal - processors.steal) / total, 5),
    };
  }
}
