import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from '../../../../shared/errors/appError';

const extension = '.database.json';
const namePrefix = 'proofload_run_';

const noteSchema = z.object({
  schema: z.literal('proofload.database-note/1'),
  /** A note must never cause a database other than that of a run to be dropped. */
  database: z.string().regex(/^proofload_run_[a-z0-9_]+$/),
  /** See {@link serverDigest}. */
  server: z.string(),
  /** The folder of the note. In a copy of a data folder, the notes are about databases that the original owns. */
  folder: z.string(),
});

/** A note about a database that an engine created in a server, which must be dropped when it is no longer used. */
export interface DatabaseNote {
  file: string;
  database: string;
  /** See {@link serverDigest}. */
  server: string;
}

/** Returns the name of the database for a namespace. */
export function databaseName(namespace: string): string {
  return `${namePrefix}${namespace.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
}

/** Returns a digest that identifies a server without its user and password. */
export function serverDigest(url: string): string {
  const withoutUser = url.replace(/^([a-z+]+:\/\/)[^/?#]*@/i, '$1');
  return createHash('sha256').update(withoutUser).digest('hex').slice(0, 16);
}

function noteFile(folder: string, database: string): string {
  return join(folder, `${database}${extension}`);
}

/** Writes the note about a database in the folder of the engine. Must be called before the database is created. */
export function noteDatabase(folder: string, database: string, url: string): void {
  const note: z.input<typeof noteSchema> = {
    schema: 'proofload.database-note/1',
    database,
    server: serverDigest(url),
    folder: resolve(folder),
  };
  writeFileSync(noteFile(folder, database), JSON.stringify(note), { mode: 0o600 });
}

/** Removes the note about a database that was dropped. */
export function forgetDatabase(folder: string, database: string): void {
  rmSync(noteFile(folder, database), { force: true });
}

function readNote(file: string): DatabaseNote[] {
  try {
    const { database, server, folder } = noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return folder === resolve(dirname(file)) ? [{ file, database, server }] : [];
  } catch {
    // The note is incomplete, so the database was not created.
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    // The owner of the folder has removed it in the meantime.
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Returns the notes in a folder and below it: those about databases that still exist. */
export function readDatabaseNotes(folder: string): DatabaseNote[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(extension))
    .flatMap((name) => readNote(join(folder, name)));
}
