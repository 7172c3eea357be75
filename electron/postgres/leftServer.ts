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

/** A number that no system gives to a process: Linux ends at 2^22, and Windows gives multiples of 4. */
const numberOfNone = 2_147_483_646;

function noteFile(dataFolder: string): string {
  return join(dataFolder, 'proofload-server.json');
}

/** Notes which process the server over a data folder is, for a start after a crash. */
export function noteServer(dataFolder: string, pid: number): void {
  const identity = identifyProcess(pid);
  if (identity) writeFileSync(noteFile(dataFolder), JSON.stringify(identity), { mode: 0o600 });
}

/**
 * The server that was started over a data folder, if it runs: the process with the number, the start and the command
 * line that were noted. Undefined for any other process that has its number now, and where the system does not report
 * it.
 */
export function leftServer(dataFolder: string, identify: Identify = identifyProcess): ProcessIdentity | undefined {
  const file = noteFile(dataFolder);
  if (!existsSync(file)) return undefined;
  try {
    const noted = processIdentitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    // The server that others are started by keeps its whole command line; they don't.
    return isStill(noted, identify) && look(noted.pid, identify)?.command === noted.command ? noted : undefined;
  } catch {
    // A note that was half written: what is not known is left alone.
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
 * Frees the lock file of PostgreSQL from the number of a process that is none of its servers, or a zombie: PostgreSQL
 * would not start while the number is taken. The rest of the file stays, for by it PostgreSQL looks whether its memory is in use
 * (CreateLockFile in miscinit.c). A process that can't be looked at counts as a server.
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
