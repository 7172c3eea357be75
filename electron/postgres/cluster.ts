import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import type { PostgresBinaries } from './binaries';
import { handOver, type ServerUser } from './serverUser';

/** The data folder of the embedded server, and the password for it. */
export interface Cluster {
  dataFolder: string;
  password: string;
}

/** The role that owns everything in the embedded server. */
export const clusterOwner = 'proofload';

/**
 * Creates the data folder of the embedded server, unless it exists. `user` must be able to reach `folder`. Throws
 * `database-unavailable`.
 */
export async function prepareCluster(
  folder: string,
  { initdb }: PostgresBinaries,
  user: ServerUser | undefined,
): Promise<Cluster> {
  const dataFolder = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    handOver(folder, user);
    if (existsSync(join(dataFolder, 'PG_VERSION')) && existsSync(passwordFile))
      return { dataFolder, password: readFileSync(passwordFile, 'utf8') };
    // An interrupted initdb has left nothing of use.
    rmSync(dataFolder, { recursive: true, force: true });
    const password = randomBytes(24).toString('base64url');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    handOver(passwordFile, user);
    const made = join(folder, 'new');
    rmSync(made, { recursive: true, force: true });
    // --locale=C needs no locale of the system, and makes the order of texts byte order.
    const args = ['-D', made, '-U', clusterOwner, '--pwfile', passwordFile, '--auth=scram-sha-256'];
    await promisify(execFile)(initdb, [...args, '--encoding=UTF8', '--locale=C'], { cwd: folder, ...user });
    renameSync(made, dataFolder);
    return { dataFolder, password };
  } catch (error) {
    throw new ProofloadError(
      'database-unavailable',
      `the embedded PostgreSQL cannot be set up: ${errorMessage(error)}`,
      'check the free space and the permissions of the data folder, or give the URL of a PostgreSQL of your own',
      { cause: error },
    );
  }
}
