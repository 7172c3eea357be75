import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { systemErrorCode } from '../../shared/errors/appError';
import { withFile } from '../system/deniedFile';
import { openDatabase } from './openDatabase';

/**
 * The maximum number of attempts to take a lease whose file is removed by a sweep between its creation and its lock.
 */
const takeAttempts = 10;
/** The pause between two attempts. */
const pauseMs = 100;

/** Keeps references to all leases: an object without references is garbage-collected, which would release its lock. */
const held = new Set<Lease>();

function tryRemove(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    // Windows does not remove a file that is open.
    return false;
  }
}

/**
 * Opens the file and locks it as a whole. Throws SqliteError, with SQLITE_BUSY while another process holds the lock.
 */
function lock(file: string, waitMs: number, mustExist: boolean): Database.Database {
  const database = openDatabase(file, { fileMustExist: mustExist });
  try {
    database.pragma(`busy_timeout = ${waitMs}`);
    // Nothing is ever written, and no journal may stay beside the file.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The proof that a process is alive: an empty file that it has locked. The system releases the lock when the process
 * ends, however it ends, and not before. It does not depend on the clock, the event loop or the process id
 * (docs/adr/015). The lock is that of a SQLite database, which is the same on every platform: byte ranges of fcntl(2),
 * or LockFileEx on Windows. Forked processes do not inherit it.
 *
 * The process that holds a lease must not open the file in any other way: under POSIX, closing such a file releases all
 * locks of the process on it.
 */
export class Lease {
  readonly #file: string;
  readonly #database: Database.Database;

  private constructor(file: string, database: Database.Database) {
    this.#file = file;
    this.#database = database;
    held.add(this);
  }

  /**
   * Takes a lease, and creates its file and folder. Returns undefined when another process, or another part of this
   * one, holds it for at least `waitMs`. Throws when the file cannot be created or locked: `data-folder-unusable` for a
   * file that another user owns.
   */
  static take(file: string, waitMs = 0): Lease | undefined {
    withFile(file, () => mkdirSync(dirname(file), { recursive: true }));
    for (let attempt = 1; ; attempt += 1) {
      try {
        const database = lock(file, waitMs, false);
        if (existsSync(file)) return new Lease(file, database);
        // A sweep has removed the file before it was locked: the locked file has no name any more.
        database.close();
      } catch (error) {
        if (systemErrorCode(error) === 'SQLITE_BUSY') return undefined;
        throw error;
      }
      if (attempt === takeAttempts) throw new Error(`${file} is removed again and again`);
    }
  }

  /**
   * Like {@link take}, and tries again until the lease is free, `patienceMs` have passed or `signal` is aborted. It
   * does not block the event loop.
   */
  static async takePatiently(file: string, patienceMs: number, signal?: AbortSignal): Promise<Lease | undefined> {
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
      if (signal?.aborted) return undefined;
      const lease = Lease.take(file);
      if (lease || waitedMs >= patienceMs) return lease;
      await new Promise((resume) => setTimeout(resume, pauseMs));
    }
  }

  /**
   * Takes a lease that was left behind. Returns undefined while it is held, when it is gone, and when its state cannot
   * be determined: then it counts as held.
   */
  static takeOver(file: string): Lease | undefined {
    try {
      const before = statSync(file).ino;
      const database = lock(file, 0, true);
      // If another process has swept it in the meantime, its name may belong to a new lease, whose owner is alive.
      if (statSync(file, { throwIfNoEntry: false })?.ino === before) return new Lease(file, database);
      database.close();
      return undefined;
    } catch {
      return undefined;
    }
  }

  /** Releases the lease. Its file stays for the next holder. */
  drop(): void {
    held.delete(this);
    this.#database.close();
  }

  /** Releases the lease and removes its file. Only for a name that is never used again. */
  remove(): void {
    // Before the lock is released: no other process may find a lease that is free and about to be removed.
    const isRemoved = tryRemove(this.#file);
    this.drop();
    if (!isRemoved) tryRemove(this.#file);
  }
}
