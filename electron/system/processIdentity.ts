import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from '../../shared/errors/appError';
import { parseProcessStat } from './processTable';

/**
 * Distinguishes a process from every other one, including earlier and later ones with the same number. The system gives
 * a number again after the end of its process, and after a restart of the machine.
 */
export const processIdentitySchema = z.object({
  pid: z.int().min(2),
  /** The start time in the format of the system. It is only compared, never parsed. */
  started: z.string().min(1),
  /** Its command line. */
  command: z.string().min(1),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** Asks the system for a process. Throws, or returns undefined, if its identity cannot be determined. */
export type Identify = (pid: number) => ProcessIdentity | undefined;

/** Linux, proc(5): the clock ticks from the boot to the start of the process, and the id of that boot. */
export function identifyByProc(pid: number): ProcessIdentity {
  const stat = parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  // The command line of a zombie is empty.
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ');
  return processIdentitySchema.parse({ pid, started: `${boot} ${stat?.startedAt}`, command });
}

/** The width of a date that `ps` prints in the C locale: `Wed Nov 25 16:32:00 2026`. */
const dateWidth = 24;

/** macOS and the BSDs, ps(1): the kernel keeps the date of the start. Later changes of the clock do not affect it. */
export function identifyByPs(pid: number): ProcessIdentity {
  const line = execFileSync('ps', ['-ww', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  return processIdentitySchema.parse({
    pid,
    started: line.slice(0, dateWidth),
    command: line.slice(dateWidth).trim(),
  });
}

/** Windows: Win32_Process, with the start time in ticks of 100 ns. */
function identifyByCim(pid: number): ProcessIdentity {
  const query = `Get-CimInstance Win32_Process -Filter 'ProcessId = ${pid}' | ForEach-Object { $_.CreationDate.ToUniversalTime().Ticks; $_.CommandLine }`;
  const [started = '', ...command] = execFileSync('powershell.exe', ['-NoProfile', '-Command', query], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  })
    .trim()
    .split(/\r?\n/);
  return processIdentitySchema.parse({ pid, started, command: command.join(' ').trim() });
}

const waysOfSystems: Partial<Record<NodeJS.Platform, Identify>> = { linux: identifyByProc, win32: identifyByCim };
const wayOfThis: Identify = waysOfSystems[process.platform] ?? identifyByPs;

/** Identifies a process; undefined after its end, and if the system does not report it. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  try {
    return wayOfThis(pid);
  } catch {
    return undefined;
  }
}

/** Identifies processes; those that have ended are left out. */
export function identifyAll(pids: readonly number[]): ProcessIdentity[] {
  return pids.flatMap((pid) => identifyProcess(pid) ?? []);
}

/** The name of the program. After it, a process may write what it is doing, as PostgreSQL does. */
function programOf({ command }: ProcessIdentity): string {
  return basename(command.split(' ')[0] ?? '').replace(/:$/, '');
}

/** Whether the process that was identified still runs, and its number does not belong to another one. */
export function isStill(identity: ProcessIdentity, identify: Identify = identifyProcess): boolean {
  try {
    const now = identify(identity.pid);
    return now !== undefined && now.started === identity.started && programOf(now) === programOf(identity);
  } catch {
    return false;
  }
}

/** Sends a signal to the processes that still run, and to none that has got one of their numbers since. */
export function signalAll(processes: readonly ProcessIdentity[], signal: 'SIGINT' | 'SIGKILL'): void {
  for (const identity of processes) {
    if (!isStill(identity)) continue;
    try {
      process.kill(identity.pid, signal);
    } catch (error) {
      if (systemErrorCode(error) !== 'ESRCH') throw error;
    }
  }
}
