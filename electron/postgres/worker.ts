/* The process that manages the embedded PostgreSQL: it starts the server, and stops it when the app is gone. */

import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorMessage, ProofloadError, toAppError } from '../../shared/errors/appError';
import type { Lease } from '../sqlite/lease';
import { connectToParent } from '../workers/parentPort';
import { findBinaries } from './binaries';
import { prepareCluster } from './cluster';
import { Postmaster } from './postmaster';
import { type PostgresCommand, type PostgresReport, postgresCommandSchema } from './protocol';
import { takeServerLease } from './serverLease';
import { closedFolder, type ServerUser, serverUser, servicePlace, servicesFolder } from './serverUser';

let postmaster: Postmaster | undefined;
/** The folder of the server's data, and the lease of it. */
let owned: { folder: string; lease: Lease } | undefined;
/** The start in progress, or the last one. */
let starting: Promise<void> = Promise.resolve();
/** Aborts a start that waits for another Proofload. */
const stopping = new AbortController();

function requireReachable(program: string, user: ServerUser | undefined): void {
  const closed = closedFolder(program, user);
  if (closed === undefined) return;
  throw new ProofloadError(
    'database-unavailable',
    `PostgreSQL does not run as root, and no other user can enter ${closed}`,
    'install Proofload where others may read it, start it as another user, or give the URL of a PostgreSQL of your own',
  );
}

/**
 * Returns a folder that the server's account can enter. The folders of root are closed to others, so the data then go
 * where services keep theirs.
 */
function reachableFolder(folder: string, user: ServerUser | undefined): string {
  mkdirSync(dirname(folder), { recursive: true });
  if (closedFolder(folder, user) === undefined) return folder;
  try {
    mkdirSync(servicesFolder, { recursive: true });
    // The account must be able to pass to its own folder, which is closed to others.
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

async function make(folder: string): Promise<Postmaster> {
  const binaries = findBinaries();
  const user = serverUser();
  requireReachable(binaries.postgres, user);
  const place = reachableFolder(folder, user);
  owned ??= { folder: place, lease: await takeServerLease(place, stopping.signal) };
  const cluster = await prepareCluster(place, binaries, user);
  return new Postmaster(binaries, cluster, user, (how) => report({ type: 'ended', how }));
}

async function start(folder: string): Promise<void> {
  postmaster ??= await make(folder);
  await postmaster.start();
  report({ type: 'started', url: postmaster.url, folder: owned?.folder ?? folder });
}

async function handleCommand(command: PostgresCommand): Promise<void> {
  switch (command.type) {
    case 'start':
      starting = start(command.folder);
      return starting;
    case 'kill':
      if (!postmaster) throw new ProofloadError('internal', 'a kill before the start', 'report this as a defect');
      await postmaster.kill();
      report({ type: 'killed' });
      return;
    case 'stop':
      stopping.abort();
      // A server that is starting is stopped, and not left behind.
      await starting.catch(() => {});
      await postmaster?.stop();
      process.exit(0);
  }
}

const parent = connectToParent(async () => postmaster?.stop());
const report = (message: PostgresReport): void => parent.send(message);

parent.onMessage((message) => {
  handleCommand(postgresCommandSchema.parse(message)).catch((error: unknown) =>
    report({ type: 'failed', error: toAppError(error) }),
  );
});
