import { readdirSync, readFileSync } from 'node:fs';
import { type ProcessStat, processKey } from '../system/processTable';
import { parseSchedstat, type ScheduleTimes } from '../system/schedstat';

const nothingYet: ScheduleTimes = { cpuMs: 0, runDelayMs: 0, timeslices: 0 };

/** How the threads of some processes were scheduled. */
export interface ThreadsSchedule {
  runDelayMs: number;
  timeslices: number;
  /** Of the thread that was running or ready to run for the longest time: that time. */
  busiestMs: number;
}

function readThreads(pid: number): [thread: string, times: ScheduleTimes][] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread): [string, ScheduleTimes][] => {
      try {
        const times = parseSchedstat(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
        return times ? [[thread, times]] : [];
      } catch {
        // It has ended, or the kernel keeps no such figures.
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** Follows the threads of some processes; one that has ended counts with what it had when it was last seen. */
export class ThreadLedger {
  readonly #threads = new Map<string, { from: ScheduleTimes; last: ScheduleTimes }>();
  readonly #followed = new Set<string>();
  readonly #presentAtBegin: ReadonlySet<string>;

  /** `presentAtBegin`: the keys of the processes that were there when the time began that is asked about. */
  constructor(presentAtBegin: ReadonlySet<string>) {
    this.#presentAtBegin = presentAtBegin;
  }

  look(processes: readonly ProcessStat[]): void {
    for (const stat of processes) this.#lookAt(stat);
  }

  /** Undefined where no thread was seen. */
  sum(): ThreadsSchedule | undefined {
    if (this.#threads.size === 0) return undefined;
    const sum = { runDelayMs: 0, timeslices: 0, busiestMs: 0 };
    for (const { from, last } of this.#threads.values()) {
      const runDelayMs = last.runDelayMs - from.runDelayMs;
      sum.runDelayMs += runDelayMs;
      sum.timeslices += last.timeslices - from.timeslices;
      sum.busiestMs = Math.max(sum.busiestMs, last.cpuMs - from.cpuMs + runDelayMs);
    }
    return sum;
  }

  #lookAt(stat: ProcessStat): void {
    const process = processKey(stat);
    // What its threads had before the begin is not known, of a process that was there and is followed only now.
    const isLate = this.#presentAtBegin.has(process) && !this.#followed.has(process);
    this.#followed.add(process);
    for (const [thread, last] of readThreads(stat.pid)) {
      const key = `${process}/${thread}`;
      this.#threads.set(key, { from: this.#threads.get(key)?.from ?? (isLate ? last : nothingYet), last });
    }
  }
}
