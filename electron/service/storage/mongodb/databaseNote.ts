import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from '../../../../shared/errors/appError';

const extension = '.database.json';
const namePrefix = 'proofload_run_';

const noteSchema = z.object({
  schema: z.literal('proofload.database-note/1'),
  /** Nothing but a database of a run may ever be dropped by a note. */
  database: z.string().regex(/^proofload_run_[a-z0-9_]+$/),
  /** See {@link serverDigest}. */
  server: z.string(),
  /** The folder of the note: in a copy of a data folder, notes are of databases that another one owns. */
  folder: z.string(),
});

/** The note of an engine about a database that it made in a server, to be dropped when it is no longer used. */
export interface DatabaseNote {
  file: string;
  database: string;
  /** See {@link serverDigest}. */
  server: string;
}

/** The name of the database of a namespace. */
export function databaseName(namespace: string): string {
  return `${namePrefix}${namespace.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
}

/** Tells servers apart without keeping the user and the password that lead to them. */
export function serverDigest(url: string): string {
  const withoutUser = url.replace(/^([a-z+]+:\/\/)[^/?#]*@/i, '$1');
  return createHash('sha256').update(withoutUser).digest('hex').slice(0, 16);
}

function noteFile(folder: string, database: string): string {
  return join(folder, `${database}${extension}`);
}

/** Notes a database in the folder of the engine, before it is made. */
export function noteDatabase(folder: string, database: string, url: string): void {
  const note: z.input<typeof noteSchema> = {
    schema: 'proofload.database-note/1',
    database,
    server: serverDigest(url),
    folder: resolve(folder),
  };
  writeFileSync(noteFile(folder, database), JSON.stringify(note), { mode: 0o600 });
}

/** Forgets a database that was dropped. */
export function forgetDatabase(folder: string, database: string): void {
  rmSync(noteFile(folder, database), { force: true });
}

function readNote(file: string): DatabaseNote[] {
  try {
    const { database, server, folder } = noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return folder === resolve(dirname(file)) ? [{ file, database, server }] : [];
  } catch {
    // Half written: then the database was not made.
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    // Its owner has ended its work in the meantime.
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The notes in a folder and those below it: the databases that are still there. */
export function readDatabaseNotes(folder: string): DatabaseNote[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(extension))
    .flatMap((name) => readNote(join(folder, name)));
}
