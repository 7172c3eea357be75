import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { systemErrorCode } from '../../shared/errors/appError';
import { withFile } from '../system/deniedFile';
import { openDatabase } from './openDatabase';

/** How often a lease is taken again whose file was swept away between its creation and its lock. */
const takeAttempts = 10;
/** The pause between two attempts. */
const pauseMs = 100;

/** An object without references is collected, which would release its lock. */
const held = new Set<Lease>();

function tryRemove(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    // Windows removes no file that is open.
    return false;
  }
}

/** Opens the file and locks it as a whole. Throws SqliteError, with SQLITE_BUSY while another has the lock. */
function lock(file: string, waitMs: number, mustExist: boolean): Database.Database {
  const database = openDatabase(file, { fileMustExist: mustExist });
  try {
    database.pragma(`busy_timeout = ${waitMs}`);
    // Nothing is ever written: no journal may stay beside the file.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The proof that a process lives: an empty file that it has locked. The system drops the lock with the process and not
 * before, however it ends and whatever its clock, its event loop or its number do (docs/adr/015). The lock is that of a
 * SQLite database, which is the same on every platform: fcntl(2) byte ranges, LockFileEx on Windows; processes that
 * are forked do not inherit it.
 *
 * The file must be opened by nothing else in the process that holds it: under POSIX, to close a file that was opened
 * in another way drops the locks of the process on it.
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
   * Takes a lease, and makes its file and folder. Undefined when another process, or another part of this one, has it
   * and keeps it for `waitMs`. Throws when the file cannot be made or locked: `data-folder-unusable` for one that another
   * user owns.
   */
  static take(file: string, waitMs = 0): Lease | undefined {
    withFile(file, () => mkdirSync(dirname(file), { recursive: true }));
    for (let attempt = 1; ; attempt += 1) {
      try {
        const database = lock(file, waitMs, false);
        if (existsSync(file)) return new Lease(file, database);
        // A sweep has found the file without its lock and removed it: what is locked now is a file without a name.
        database.close();
      } catch (error) {
        if (systemErrorCode(error) === 'SQLITE_BUSY') return undefined;
        throw error;
      }
      if (attempt === takeAttempts) throw new Error(`${file} is removed again and again`);
    }
  }

  /**
   * As {@link take}, and tries again until it can be had, `patienceMs` are over or `signal` is aborted; the event loop
   * goes on meanwhile.
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
   * Takes a lease that was left behind. Undefined while it is held, when it is gone, and when this can't be determined:
   * then it counts as held.
   */
  static takeOver(file: string): Lease | undefined {
    try {
      const before = statSync(file).ino;
      const database = lock(file, 0, true);
      // Another has swept it in the meantime, and its name may be a new one's, whose owner lives.
      if (statSync(file, { throwIfNoEntry: false })?.ino === before) return new Lease(file, database);
      database.close();
      return undefined;
    } catch {
      return undefined;
    }
  }

  /** Lets go of it; its file stays, for the next one who takes it. */
  drop(): void {
    held.delete(this);
    this.#database.close();
  }

  /** Releases it and removes its file. Only for a name that is never taken again. */
  remove(): void {
    // Before the lock is dropped: no other process may find a lease that is free and about to be removed.
    const isRemoved = tryRemove(this.#file);
    this.drop();
    if (!isRemoved) tryRemove(this.#file);
  }
}
