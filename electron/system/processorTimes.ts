import { readFileSync } from 'node:fs';

/** What all processors of the machine together have done since the boot, in clock ticks. */
export interface ProcessorTimes {
  /** Time in programs, and in the kernel on their behalf. */
  busy: number;
  /** Withheld by the host for other guests. */
  steal: number;
  total: number;
}

/** Parses the first line of /proc/stat (Linux, proc_stat(5)); undefined for any other text. */
export function parseProcessorTimes(text: string): ProcessorTimes | undefined {
  const [line = ''] = text.split('\n', 1);
  // Guest time, which follows these fields, is part of user time.
  const [name, user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .map((field, index) => (index === 0 ? Number.NaN : Number(field)));
  if (!line.startsWith('cpu ') || name === undefined) return undefined;
  // Interrupts belong to no program. Most of them come from our own traffic.
  const busy = user + nice + system;
  const total = busy + idle + iowait + irq + softirq + steal;
  return Number.isFinite(total) ? { busy, steal, total } : undefined;
}

/** Reads what the processors have done. Throws on a system without /proc. */
export function readProcessorTimes(): ProcessorTimes | undefined {
  return parseProcessorTimes(readFileSync('/proc/stat', 'utf8'));
}
