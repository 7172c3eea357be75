import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnedWork, takeAbandoned } from '../../run/ownedWork';
import type { DatabasePlace } from '../../service/storage/databasePlace';
import { type DatabaseNote, readDatabaseNotes, serverDigest } from '../../service/storage/mongodb/databaseNote';
import type { Databases } from './databases';

const patienceMs = 3_000;

function notesIn(folder: string): DatabaseNote[] {
  try {
    return readDatabaseNotes(folder);
  } catch {
    // Closed to us: then it is not ours to sweep.
    return [];
  }
}

/** Drops what is noted, of one server; rejects with the first that it can't. */
async function drop(place: DatabasePlace, works: readonly { work: OwnedWork; notes: readonly DatabaseNote[] }[]) {
  // Loaded when there is something to drop, which is rare.
  const { mongoClient } = await import('../../service/storage/mongodb/mongoConnection');
  const client = mongoClient(place, {
    serverSelectionTimeoutMS: patienceMs,
    connectTimeoutMS: patienceMs,
    socketTimeoutMS: patienceMs,
  });
  try {
    await client.connect();
    for (const { database, file } of works.flatMap(({ notes }) => notes)) {
      await client.db(database).dropDatabase();
      rmSync(file, { force: true });
    }
  } finally {
    await client.close();
  }
}

/**
 * Drops the databases that killed work of this data folder has left in the MongoDB server that is known now; nothing of
 * work whose owner is alive. `left` has the ids of the work in the folder after it was swept (ownedWork.ts). Nothing is
 * connected to where there is nothing to drop. A server that can't be reached or may not be used is no fault here: its
 * databases stay noted for another time. PostgreSQL needs none of this: there a schema is held by a lock of the server,
 * and the next run removes those that are free (postgresSchema.ts).
 */
export async function sweepServers(
  workFolder: string,
  left: readonly string[],
  databases: Pick<Databases, 'admitEngine'>,
): Promise<void> {
  const noted = left.filter((id) => notesIn(join(workFolder, id)).length > 0);
  if (noted.length === 0) return;
  const server = await databases
    .admitEngine('mongodb', 'What killed runs have left in it is dropped')
    .catch(() => undefined);
  if (!server) return;
  const { place } = server;
  const works = noted.flatMap((id) => {
    const work = takeAbandoned(workFolder, id);
    if (!work) return [];
    return { work, notes: notesIn(work.folder).filter((note) => note.server === serverDigest(place.url)) };
  });
  try {
    if (works.some(({ notes }) => notes.length > 0)) await drop(place, works);
  } catch {
    // Away, or not willing: what was not dropped is still noted.
  } finally {
    for (const { work } of works) work.end();
  }
}
