import { type ProcessorTimes, readProcessorTimes } from '../system/processorTimes';
import { type ProcessStat, processKey, readProcesses } from '../system/processTable';

/** The state of the machine at one moment. */
export interface MachineLook {
  atMs: number;
  processors: ProcessorTimes;
  /** Processes by their key (processKey). */
  processes: ReadonlyMap<string, ProcessStat>;
}

/** Looks at all processes. Throws on a system without /proc. */
export function lookAtMachine(): MachineLook {
  const processors = readProcessorTimes();
  if (!processors) throw new Error('/proc/stat does not report the use of the processors');
  const processes = new Map(readProcesses().map((stat) => [processKey(stat), stat] as const));
  return { atMs: performance.now(), processors, processes };
}

/** A group of processes: those that were named, and all their descendants. */
export interface ProcessGroup {
  named: ReadonlySet<number>;
  /** The search for a named ancestor ends at these processes: their descendants are not in the group. */
  except: ReadonlySet<number>;
}

interface Seen {
  stat: ProcessStat;
  atMs: number;
  parentKey: string | undefined;
}

/**
 * Adds up the processor time of a group. A process that was once seen in the group stays in it, even after its parent
 * has ended. The time of a process that has ended is part of the time of the parent that waited for it, if that parent
 * is in the group. Otherwise, the process counts with the time that it had when it was last seen.
 */
export class ProcessLedger {
  readonly #members = new Map<string, Seen>();

  /** Notes who is in the group now. */
  note(look: MachineLook, { named, except }: ProcessGroup): void {
    const byPid = new Map([...look.processes.values()].map((stat) => [stat.pid, stat] as const));
    const isMember = (stat: ProcessStat): boolean => {
      for (let current: ProcessStat | undefined = stat; current; current = byPid.get(current.parent)) {
        const isExcepted = except.has(current.pid);
        // A server inside the process that makes the run is the target. The load processes that it has started are not.
        if (isExcepted && current !== stat) return false;
        if (named.has(current.pid) || this.#members.has(processKey(current))) return true;
        if (isExcepted) return false;
      }
      return false;
    };
    for (const [key, stat] of look.processes) {
      if (!isMember(stat)) continue;
      const parent = byPid.get(stat.parent);
      this.#members.set(key, { stat, atMs: look.atMs, parentKey: parent && processKey(parent) });
    }
  }

  /** The members that are alive in a look. */
  membersIn({ processes }: MachineLook): ProcessStat[] {
    return [...processes].flatMap(([key, stat]) => (this.#members.has(key) ? [stat] : []));
  }

  /** The processor time of the group between two looks, in clock ticks. */
  ticksBetween(from: MachineLook, to: MachineLook): number {
    let ticks = 0;
    for (const [key, { stat, atMs, parentKey }] of this.#members) {
      const before = from.processes.get(key)?.ticks ?? 0;
      const after = to.processes.get(key)?.ticks;
      if (after !== undefined) ticks += after - before;
      else if (parentKey !== undefined && this.#members.has(parentKey)) ticks -= before;
      else if (atMs >= from.atMs) ticks += stat.ticks - before;
    }
    return Math.max(0, ticks);
  }
}
