import { type Dirent, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { readDatabaseNotes } from '../service/storage/mongodb/databaseNote';
import { Lease } from '../sqlite/lease';
import { deniedFile } from '../system/deniedFile';
import { isRunId } from './runId';

/** How long a sweep may hold a lease that is just being made. */
const sweepPatienceMs = 5_000;
const leaseExtension = '.lease';

function leaseFile(workFolder: string, id: string): string {
  return join(workFolder, `${id}${leaseExtension}`);
}

/**
 * A piece of work, such as a run, with what belongs to it: the folder with its id for files of engines, and what has
 * its id elsewhere. Its owner holds its lease.
 */
export class OwnedWork {
  readonly id: string;
  /** There when the work was begun, and empty. */
  readonly folder: string;
  readonly #lease: Lease;

  constructor(id: string, folder: string, lease: Lease) {
    this.id = id;
    this.folder = folder;
    this.#lease = lease;
  }

  /**
   * Removes the folder and lets go of the work; all its processes must be gone. What can't be removed now is left to a
   * later sweep: files that something still holds open, and what is noted of databases in servers. Returns whether
   * nothing is left.
   */
  end(): boolean {
    try {
      if (readDatabaseNotes(this.folder).length === 0) {
        rmSync(this.folder, { recursive: true, force: true });
        this.#lease.remove();
        return true;
      }
    } catch {
      // It is tried again by the next sweep.
    }
    this.#lease.drop();
    return false;
  }
}

/** Begins a piece of work as its owner, under an id that is new. Throws `data-folder-unusable`. */
export function ownWork(workFolder: string, id: string): OwnedWork {
  try {
    // The lease first: work without one has no owner.
    const lease = Lease.take(leaseFile(workFolder, id), sweepPatienceMs);
    if (!lease) throw new Error(`${id} is already in progress`);
    const folder = join(workFolder, id);
    mkdirSync(folder, { recursive: true });
    return new OwnedWork(id, folder, lease);
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    const denied = deniedFile(join(workFolder, id), error);
    if (denied) throw denied;
    throw new ProofloadError(
      'data-folder-unusable',
      `the work folder ${workFolder} cannot be used: ${errorMessage(error)}`,
      'make it writable, free space on its disk, or choose another data folder',
      { cause: error, details: { about: 'data-folder' } },
    );
  }
}

/** Folders of runs and of suites, as versions without leases have left them too. All other folders belong to others. */
function isFolderOfWork(name: string): boolean {
  return isRunId(name) || /^conformance-\d+-/.test(name);
}

/**
 * Takes over a piece of work whose owner is gone; undefined while its owner is alive, whatever it does. Work without a
 * lease has no owner; its lease is taken all the same, so that only one process takes it over. Undefined as well for
 * what is not the name of a folder, as a damaged history may have it: nothing outside the work folder is ever removed.
 */
export function takeAbandoned(workFolder: string, id: string): OwnedWork | undefined {
  if (!/^[^./\\][^/\\]*$/.test(id)) return undefined;
  const file = leaseFile(workFolder, id);
  const lease = existsSync(file) ? Lease.takeOver(file) : Lease.take(file);
  return lease && new OwnedWork(id, join(workFolder, id), lease);
}

function entriesOf(workFolder: string): Dirent[] {
  try {
    return readdirSync(workFolder, { withFileTypes: true });
  } catch {
    // Not there yet, or closed to us: then there is nothing to sweep.
    return [];
  }
}

/** The ids of all work that has a lease or a folder, whether it has an owner or not. */
function workIn(workFolder: string): string[] {
  const ids = entriesOf(workFolder).flatMap((entry) => {
    if (entry.isDirectory()) return isFolderOfWork(entry.name) ? entry.name : [];
    return entry.name.endsWith(leaseExtension) ? entry.name.slice(0, -leaseExtension.length) : [];
  });
  return [...new Set(ids)];
}

/**
 * Removes what killed processes have left in the work folder; nothing whose owner is alive. Returns the ids of the work
 * that is still there: it has an owner, or has noted databases in servers (sweepServers.ts).
 */
export function sweepWork(workFolder: string): string[] {
  return workIn(workFolder).filter((id) => !takeAbandoned(workFolder, id)?.end());
}
