import { createHash } from 'node:crypto';
import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProofloadError } from '../../shared/errors/appError';

/** The folder for data of services, on systems with accounts for services. */
export const servicesFolder = '/var/lib/proofload';

/** Returns the folder for the data if the server's account cannot enter `folder`, for example a data folder of root. */
export function servicePlace(folder: string): string {
  return join(servicesFolder, createHash('sha256').update(folder).digest('hex').slice(0, 16));
}

/** An account of the operating system. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** Accounts that may run the server for root, in order of preference: PostgreSQL refuses to run as root. */
const accounts = ['postgres', 'nobody'];

/**
 * Returns the account to run the server under; undefined for the account of this process. Throws
 * `database-unavailable`.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const account of accounts) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${account}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new ProofloadError(
    'database-unavailable',
    'PostgreSQL does not run as root, and there is no account postgres or nobody to run it under',
    'start Proofload as another user, or give the URL of a PostgreSQL of your own',
  );
}

/** Makes the account the owner of a file or folder. */
export function handOver(path: string, user: ServerUser | undefined): void {
  if (user) chownSync(path, user.uid, user.gid);
}

/** Returns the first folder on the way to a path that the account cannot enter; undefined if it can reach the path. */
export function closedFolder(path: string, user: ServerUser | undefined): string | undefined {
  if (!user) return undefined;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const may = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (may === 0) return folder;
  }
  return undefined;
}
