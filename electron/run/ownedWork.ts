import { type Dirent, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { readDatabaseNotes } from '../service/storage/mongodb/databaseNote';
import { Lease } from '../sqlite/lease';
import { deniedFile } from '../system/deniedFile';
import { isRunId } from './runId';

/** How long to wait for a sweep that holds a lease which is just being created. */
const sweepPatienceMs = 5_000;
const leaseExtension = '.lease';

function leaseFile(workFolder: string, id: string): string {
  return join(workFolder, `${id}${leaseExtension}`);
}

/**
 * A piece of work, such as a run, with what belongs to it: the folder with its id, for files of engines, and everything
 * else that has its id elsewhere. Its owner holds its lease.
 */
export class OwnedWork {
  readonly id: string;
  /** It exists when the work begins, and is empty. */
  readonly folder: string;
  readonly #lease: Lease;

  constructor(id: string, folder: string, lease: Lease) {
    this.id = id;
    this.folder = folder;
    this.#lease = lease;
  }

  /**
   * Removes the folder and releases the work. All its processes must have ended. A later sweep removes what cannot be
   * removed now: files that are still open, and noted databases in servers. Returns whether nothing is left.
   */
  end(): boolean {
    try {
      if (readDatabaseNotes(this.folder).length === 0) {
        rmSync(this.folder, { recursive: true, force: true });
        this.#lease.remove();
        return true;
      }
    } catch {
      // The next sweep tries again.
    }
    this.#lease.drop();
    return false;
  }
}

/** Begins a piece of work as its owner, under a new id. Throws `data-folder-unusable`. */
export function ownWork(workFolder: string, id: string): OwnedWork {
  try {
    // The lease comes first, because work without a lease has no owner.
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

/**
 * Whether a folder belongs to a run or a conformance suite. Versions without leases have left such folders too. All
 * other folders belong to others.
 */
function isFolderOfWork(name: string): boolean {
  return isRunId(name) || /^conformance-\d+-/.test(name);
}

/**
 * Takes over a piece of work whose owner has ended; undefined while its owner is alive, whatever it does. Work without
 * a lease has no owner, but its lease is taken as well, so that only one process takes it over. Also undefined for an
 * id that is not the name of a folder, as in a damaged history: nothing outside the work folder is ever removed.
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
    // It does not exist yet, or it is not accessible: there is nothing to sweep.
    return [];
  }
}

/** The ids of all work that has a lease or a folder, with or without an owner. */
function workIn(workFolder: string): string[] {
  const ids = entriesOf(workFolder).flatMap((entry) => {
    if (entry.isDirectory()) return isFolderOfWork(entry.name) ? entry.name : [];
    return entry.name.endsWith(leaseExtension) ? entry.name.slice(0, -leaseExtension.length) : [];
  });
  return [...new Set(ids)];
}

/**
 * Removes what killed processes have left in the work folder, and nothing whose owner is alive. Returns the ids of the
 * work that is still there: it has an owner, or it has noted databases in servers (sweepServers.ts).
 */
export function sweepWork(workFolder: string): string[] {
  return workIn(workFolder).filter((id) => !takeAbandoned(workFolder, id)?.end());
}
