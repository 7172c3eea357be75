import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc/PID/stat describes it. */
export interface ProcessStat {
  pid: number;
  parent: number;
  /** The name of the program, cut off at 15 characters. */
  name: string;
  /**
   * When it was started, in clock ticks since the boot. Together with its number, it identifies a process permanently.
   */
  startedAt: number;
  /** Processor time, including that of the children that it has waited for, in clock ticks. */
  ticks: number;
  /** Whether it is a kernel thread. */
  isKernel: boolean;
}

/** The length of a clock tick of /proc: USER_HZ is 100 on every architecture that Node runs on. */
export const msPerTick = 10;

/** PF_KTHREAD in include/linux/sched.h. */
const kernelFlag = 0x00200000;

/**
 * Parses /proc/PID/stat (Linux, proc_pid_stat(5)). The name is in parentheses and may contain anything, including
 * parentheses and spaces. All fields after it, except the state, are numbers. Undefined for any other text.
 */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const nameFrom = text.indexOf('(');
  const nameTo = text.lastIndexOf(')');
  if (nameFrom < 0 || nameTo < nameFrom) return undefined;
  // The first of these fields is the third one in the manual page, the state.
  const fields = text.slice(nameTo + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  const stat = {
    pid: Number(text.slice(0, nameFrom)),
    parent: field(4),
    name: text.slice(nameFrom + 1, nameTo),
    startedAt: field(22),
    ticks: field(14) + field(15) + field(16) + field(17),
    isKernel: (field(9) & kernelFlag) !== 0,
  };
  return Number.isFinite(stat.ticks) && Number.isFinite(stat.startedAt) ? stat : undefined;
}

/** A key that identifies a process permanently. Its number alone can be given to another process after its end. */
export function processKey({ pid, startedAt }: ProcessStat): string {
  return `${pid}:${startedAt}`;
}

/** Reads a process; undefined after its end. */
export function readProcess(pid: string): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // It has ended since the folder was listed.
    return undefined;
  }
}

/** The name of a process's program; undefined after its end. */
export function processName(pid: number): string | undefined {
  return readProcess(String(pid))?.name;
}

/** The numbers of all processes. Throws on a system without /proc. */
export function processNumbers(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** Reads all processes. Throws on a system without /proc. */
export function readProcesses(): ProcessStat[] {
  return processNumbers().flatMap((pid) => readProcess(pid) ?? []);
}
