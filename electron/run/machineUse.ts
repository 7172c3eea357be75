import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Who used the processors of this machine over a stretch of time, as shares of all of them. */
export interface MachineUse {
  /** By programs that are neither ours nor the target's, above what the machine does when it has nothing to do. */
  otherShare: number;
  /** What the machine does when it has nothing to do: subtracted from the share of others. */
  idleShare: number;
  /** Withheld by the host, for its other guests. */
  stealShare: number;
  /** How the target was scheduled; undefined where its processes are not known. */
  target?: TargetSchedule | undefined;
}

/** How the threads of the target on this machine were scheduled while it was measured. */
export interface TargetSchedule {
  /** Time in which its threads were ready to run and waited for a processor, all added up. */
  runDelayMs: number;
  /** How often a processor was given to one of them. */
  timeslices: number;
  /** Time on processors, of children that have ended too. */
  cpuMs: number;
  /** The share of the time in which its busiest thread was running or ready to run, 0..1. */
  busiestThreadShare: number;
}

interface Reading {
  /** Time of all processors in programs, and withheld by the host, in clock ticks. */
  busy: number;
  total: number;
  /** Time of the processes that belong to the run, and of all that they have started. */
  own: number;
}

/** Fields of the cpu line of /proc/stat (proc_stat(5)); guest time is part of user time. */
function readProcessors(): Omit<Reading, 'own'> | undefined {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  // Interrupts are left out: most are those of our own traffic, and they are charged to nobody.
  const busy = user + nice + system + steal;
  return Number.isFinite(busy) ? { busy, total: busy + irq + softirq + idle + iowait } : undefined;
}

interface ProcessTimes {
  parent: number;
  ticks: number;
}

/** Fields of /proc/PID/stat (proc_pid_stat(5)): behind the name, which is in parentheses and may contain anything. */
function readProcess(pid: string): ProcessTimes | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    // It has ended since the folder was listed.
    return undefined;
  }
}

function readOwn(roots: ReadonlySet<number>): number {
  const processes = new Map<number, ProcessTimes>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? readProcess(name) : undefined;
    if (found) processes.set(Number(name), found);
  }
  const isOwn = (pid: number): boolean => {
    for (let current = pid; current > 1; current = processes.get(current)?.parent ?? 0) {
      if (roots.has(current)) return true;
    }
    return false;
  };
  let ticks = 0;
  for (const [pid, times] of processes) if (isOwn(pid)) ticks += times.ticks;
  return ticks;
}

function read(roots: ReadonlySet<number>): Reading | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const processors = readProcessors();
    return processors && { ...processors, own: readOwn(roots) };
  } catch {
    return undefined;
  }
}

/** The shortest stretch that the clock ticks of the system resolve. */
const leastTicks = 100;

/**
 * Starts to watch who uses the processors (Linux; elsewhere nothing is known). `roots` are the processes that belong
 * to the run. Returns a function that tells about the time since the start.
 */
export function watchMachine(roots: ReadonlySet<number>): () => MachineUse | undefined {
  const start = read(roots);
  return () => {
    const end = start && read(roots);
    const total = end ? end.total - start.total : 0;
    if (!end || total < leastTicks * cpus().length) return undefined;
    const other = end.busy - start.busy - (end.own - start.own);
    return { otherShare: Math.max(0, other / total), idleShare: 0, stealShare: 0 };
  };
}
