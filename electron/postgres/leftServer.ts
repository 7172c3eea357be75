import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../system/processes';
import {
  type Identify,
  identifyProcess,
  isStill,
  type ProcessIdentity,
  processIdentitySchema,
} from '../system/processIdentity';

/** A process id that no system assigns: those of Linux end at 2^22, and those of Windows are multiples of 4. */
const numberOfNone = 2_147_483_646;

function noteFile(dataFolder: string): string {
  return join(dataFolder, 'proofload-server.json');
}

/** Writes down which process is the server of a data folder, for a start after a crash. */
export function noteServer(dataFolder: string, pid: number): void {
  const identity = identifyProcess(pid);
  if (identity) writeFileSync(noteFile(dataFolder), JSON.stringify(identity), { mode: 0o600 });
}

/**
 * Returns the server that was started for a data folder, if it still runs: the process with the noted id, start time
 * and command line. Returns undefined for another process that has its id now, and where the system does not report
 * these facts.
 */
export function leftServer(dataFolder: string, identify: Identify = identifyProcess): ProcessIdentity | undefined {
  const file = noteFile(dataFolder);
  if (!existsSync(file)) return undefined;
  try {
    const noted = processIdentitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    // The main server process keeps its whole command line; its child processes do not.
    return isStill(noted, identify) && look(noted.pid, identify)?.command === noted.command ? noted : undefined;
  } catch {
    // An incomplete note: a process that is not known for certain is left alone.
    return undefined;
  }
}

function look(pid: number, identify: Identify): ProcessIdentity | undefined {
  try {
    return identify(pid);
  } catch {
    return undefined;
  }
}

/**
 * Replaces the process id in the lock file of PostgreSQL if the process is a zombie or not one of its servers:
 * PostgreSQL does not start while a process has that id. The rest of the file stays, because PostgreSQL uses it to find
 * out whether its shared memory is in use (CreateLockFile in miscinit.c). A process that cannot be examined counts as a
 * server.
 */
export function freeLock(dataFolder: string, identify: Identify = identifyProcess): void {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (isAlive(pid)) {
    const holder = look(pid, identify);
    if (!holder || holder.command.includes(dataFolder)) return;
  }
  writeFileSync(file, [numberOfNone, ...rest].join('\n'));
}
