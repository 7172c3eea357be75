import { readdirSync, readFileSync } from 'node:fs';
import { type ProcessStat, processKey } from '../system/processTable';
import { parseSchedstat, type ScheduleTimes } from '../system/schedstat';

const nothingYet: ScheduleTimes = { cpuMs: 0, runDelayMs: 0, timeslices: 0 };

/** How the threads of some processes were scheduled. */
export interface ThreadsSchedule {
  runDelayMs: number;
  timeslices: number;
  /** How long the busiest thread was running or ready to run. */
  busiestMs: number;
}

function readThreads(pid: number): [thread: string, times: ScheduleTimes][] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread): [string, ScheduleTimes][] => {
      try {
        const times = parseSchedstat(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
        return times ? [[thread, times]] : [];
      } catch {
        // The thread has ended, or the kernel does not keep these figures.
        return [];
      }
    });
  } catch {
    return [];
  }
}

/**
 * Follows the threads of some processes. A thread that has ended counts with the figures that it had when it was last
 * seen.
 */
export class ThreadLedger {
  readonly #threads = new Map<string, { from: ScheduleTimes; last: ScheduleTimes }>();
  readonly #followed = new Set<string>();
  readonly #presentAtBegin: ReadonlySet<string>;

  /** `presentAtBegin` has the keys of the processes that existed when the observed time began. */
  constructor(presentAtBegin: ReadonlySet<string>) {
    this.#presentAtBegin = presentAtBegin;
  }

  look(processes: readonly ProcessStat[]): void {
    for (const stat of processes) this.#lookAt(stat);
  }

  /** Undefined if no thread was seen. */
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
    // If a process existed at the begin and is followed only now, the figures of its threads at the begin are not
    // known.
    const isLate = this.#presentAtBegin.has(process) && !this.#followed.has(process);
    this.#followed.add(process);
    for (const [thread, last] of readThreads(stat.pid)) {
      const key = `${process}/${thread}`;
      this.#threads.set(key, { from: this.#threads.get(key)?.from ?? (isLate ? last : nothingYet), last });
    }
  }
}
