import { cpus } from 'node:os';
import type { RunInterval } from '../../shared/run/metrics';
import { type ProcessorTimes, readProcessorTimes } from '../system/processorTimes';
import { readProcess } from '../system/processTable';
import { rounded } from './rounding';

/** The figures of an interval about the processors of this machine. */
export type MachineSecond = Pick<RunInterval, 'otherCpuShare' | 'stolenCpuShare'>;

export const unknownMachine: MachineSecond = { otherCpuShare: null, stolenCpuShare: null };

/** The shortest interval that the clock ticks of the system can resolve, in ticks per processor. */
const leastTicks = 25;

/** What processors and processes have used so far, in clock ticks. */
export interface CpuLook {
  processors: ProcessorTimes;
  byPid: ReadonlyMap<number, number>;
}

/** Reads what the processors and some processes have used so far. Throws on a system without /proc. */
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
 * Observes the processors from one second to the next, at the cost of one small file per known process. A process that
 * started after the last look at all processes (machineUse.ts) counts as another program until the next look.
 */
export class MachineSeconds {
  #last: CpuLook;

  constructor(first: CpuLook) {
    this.#last = first;
  }

  /** What other programs used since the last call, as shares of all processors. */
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
