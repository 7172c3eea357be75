/* The process that watches over the embedded PostgreSQL: it starts the server, and stops it when the app is gone. */

import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, ProofloadError, toAppError } from '../../shared/errors/appError';
import { Lease } from '../system/lease';
import { connectToParent } from '../workers/parentPort';
import { findBinaries } from './binaries';
import { prepareCluster } from './cluster';
import { Postmaster } from './postmaster';
import { type PostgresCommand, type PostgresReport, postgresCommandSchema } from './protocol';
import { closedFolder, type ServerUser, serverUser, servicePlace, servicesFolder } from './serverUser';

let postmaster: Postmaster | undefined;
let lease: Lease | undefined;

function requireReachable(program: string, user: ServerUser | undefined): void {
  const closed = closedFolder(program, user);
  if (closed === undefined) return;
  throw new ProofloadError(
    'database-unavailable',
    `PostgreSQL does not run as root, and no other user can enter ${closed}`,
    'install Proofload where others may read it, start it as another user, or give the URL of a PostgreSQL of your own',
  );
}

/** Root's own folders are closed to others: then the data go where services keep theirs. */
function reachableFolder(folder: string, user: ServerUser | undefined): string {
  mkdirSync(dirname(folder), { recursive: true });
  if (closedFolder(folder, user) === undefined) return folder;
  try {
    mkdirSync(servicesFolder, { recursive: true });
    // The account must get through to its own folder, which is closed to others.
    chmodSync(servicesFolder, 0o711);
  } catch (error) {
    throw new ProofloadError(
      'database-unavailable',
      `PostgreSQL does not run as root, no other user can enter ${folder}, and ${servicesFolder} can't be used: ${errorMessage(error)}`,
      'start Proofload as another user, or give the URL of a PostgreSQL of your own',
      { cause: error },
    );
  }
  return servicePlace(folder);
}

/** Whoever watches over the server of a folder holds its lease. Throws `database-unavailable`. */
function takeLease(folder: string): void {
  lease ??= Lease.take(`${folder}.lease`);
  if (lease) return;
  throw new ProofloadError(
    'database-unavailable',
    'the embedded PostgreSQL of this data folder is in use by another Proofload',
    'stop it there or wait for its end, use another data folder, or a PostgreSQL of your own',
    { details: { about: 'data-folder' } },
  );
}

async function make(folder: string): Promise<Postmaster> {
  const binaries = findBinaries();
  const user = serverUser();
  requireReachable(binaries.postgres, user);
  const place = reachableFolder(folder, user);
  takeLease(place);
  const cluster = await prepareCluster(place, binaries, user);
  return new Postmaster(binaries, cluster, user, (how) => report({ type: 'ended', how }));
}

async function obey(command: PostgresCommand): Promise<void> {
  switch (command.type) {
    case 'start':
      postmaster ??= await make(command.folder);
      await postmaster.start();
      report({ type: 'started', url: postmaster.url });
      return;
    case 'kill':
      if (!postmaster) throw new ProofloadError('internal', 'a kill before the start', 'report this as a defect');
      await postmaster.kill();
      report({ type: 'killed' });
      return;
    case 'stop':
      await postmaster?.stop();
      process.exit(0);
  }
}

const parent = connectToParent(async () => postmaster?.stop());
const report = (message: PostgresReport): void => parent.send(message);

parent.onMessage((message) => {
  obey(postgresCommandSchema.parse(message)).catch((error: unknown) =>
    report({ type: 'failed', error: toAppError(error) }),
  );
});
