import { readFileSync } from 'node:fs';

/** What the processors of the machine have done since it was started, all together, in clock ticks. */
export interface ProcessorTimes {
  /** In programs and, for them, in the kernel. */
  busy: number;
  /** Withheld by the host, for other guests. */
  steal: number;
  total: number;
}

/** Parses the first line of /proc/stat (Linux, proc_stat(5)); undefined for any other text. */
export function parseProcessorTimes(text: string): ProcessorTimes | undefined {
  const [line = ''] = text.split('\n', 1);
  // Guest time, behind these, is part of user time.
  const [name, user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .map((field, index) => (index === 0 ? Number.NaN : Number(field)));
  if (!line.startsWith('cpu ') || name === undefined) return undefined;
  // Interrupts are no program's: most are those of our own traffic, and they are charged to no program.
  const busy = user + nice + system;
  const total = busy + idle + iowait + irq + softirq + steal;
  return Number.isFinite(total) ? { busy, steal, total } : undefined;
}

/** Reads what the processors have done. Throws where the system has no /proc. */
export function readProcessorTimes(): ProcessorTimes | undefined {
  return parseProcessorTimes(readFileSync('/proc/stat', 'utf8'));
}
