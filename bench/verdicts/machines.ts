import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const machineNames = ['quiet', 'busy', 'busy-three', 'half-core'] as const;
export type MachineName = (typeof machineNames)[number];

/** A state of the machine for the time of a run. */
export interface Machine {
  /** What comes before the program that makes the load. */
  prefix: readonly string[];
  end(): void;
}

/**
 * Keeps processors busy. The processes are children of the benchmark: neither those of the generator nor those of the
 * server are their parents, so they count as other programs, which they are.
 */
function hogs(count: number): ChildProcess[] {
  return Array.from({ length: count }, () => fork(resolve('bench/load/hog.mjs'), { execArgv: [] }));
}

function endAll(running: readonly ChildProcess[]): void {
  for (const hog of running) hog.kill('SIGKILL');
}

function busy(count: number): Machine {
  const running = hogs(count);
  return { prefix: [], end: () => endAll(running) };
}

/** How a control group is made that may use half a core, of either version of control groups. */
const groups = [
  {
    folder: '/sys/fs/cgroup/cpu/proofload-bench-verdicts',
    limits: { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '50000' },
  },
  { folder: '/sys/fs/cgroup/proofload-bench-verdicts', limits: { 'cpu.max': '50000 100000' } },
];

/** The first group that this system and this user's rights allow; undefined without one. */
function openGroup(): string | undefined {
  return groups.find(({ folder, limits }) => {
    try {
      if (!existsSync(folder)) mkdirSync(folder);
      for (const [name, value] of Object.entries(limits)) {
        readFileSync(`${folder}/${name}`);
        writeFileSync(`${folder}/${name}`, value);
      }
      return true;
    } catch {
      closeGroup(folder);
      return false;
    }
  })?.folder;
}

function closeGroup(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Never made, or a process is still ending in it: the next run uses it again.
  }
}

function canPin(): boolean {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The generator shares one processor with a process that wants all of it. */
function pinned(): Machine {
  const rivals = hogs(1);
  for (const { pid } of rivals) execFileSync('taskset', ['-a', '-p', '-c', '0', String(pid)], { stdio: 'ignore' });
  return { prefix: ['taskset', '-c', '0'], end: () => endAll(rivals) };
}

function halfCore(): Machine {
  const folder = openGroup();
  if (folder === undefined) return pinned();
  const prefix = ['sh', '-c', `echo $$ > ${folder}/cgroup.procs; exec "$0" "$@"`];
  return { prefix, end: () => closeGroup(folder) };
}

/** How this machine limits the generator to half a core, in words; undefined where it can't. */
export function halfCoreMeans(): string | undefined {
  const folder = openGroup();
  if (folder !== undefined) {
    closeGroup(folder);
    return 'a control group that may use half a core';
  }
  return canPin() ? 'a processor that it shares with a busy process (taskset)' : undefined;
}

const starts: Record<MachineName, () => Machine> = {
  quiet: () => ({ prefix: [], end: () => {} }),
  busy: () => busy(1),
  'busy-three': () => busy(3),
  'half-core': halfCore,
};

/** Puts the machine into a state, until `end`. */
export function startMachine(name: MachineName): Machine {
  return starts[name]();
}
