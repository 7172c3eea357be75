import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabasePlace } from '../../target/storage/databasePlace';
import { type DatabaseNote, readDatabaseNotes, serverDigest } from '../../target/storage/mongodb/databaseNote';
import { takeAbandoned, workIn } from '../ownedWork';
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

async function drop(place: DatabasePlace, notes: readonly DatabaseNote[]): Promise<void> {
  // Loaded when there is something to drop, which is rare.
  const { mongoClient } = await import('../../target/storage/mongodb/mongoConnection');
  const client = mongoClient(place, { serverSelectionTimeoutMS: patienceMs, connectTimeoutMS: patienceMs });
  try {
    await client.connect();
    for (const { database, file } of notes) {
      await client.db(database).dropDatabase();
      rmSync(file, { force: true });
    }
  } finally {
    await client.close();
  }
}

/**
 * Drops the databases that killed work of this data folder has left in the MongoDB server that is known now; nothing of
 * work whose owner lives. Nothing is connected to where there is nothing to drop. A server that can't be reached or may
 * not be used is no fault here: its databases stay noted for another time. PostgreSQL needs none of this: there a
 * schema is held by a lock of the server, and the next run removes those that are free (postgresSchema.ts).
 */
export async function sweepServers(workFolder: string, databases: Pick<Databases, 'admitEngine'>): Promise<void> {
  const noted = workIn(workFolder).filter((id) => notesIn(join(workFolder, id)).length > 0);
  if (noted.length === 0) return;
  const server = await databases
    .admitEngine('mongodb', 'What killed runs have left in it is dropped')
    .catch(() => undefined);
  if (!server) return;
  const { place } = server;
  for (const id of noted) {
    const work = takeAbandoned(workFolder, id);
    if (!work) continue;
    const notes = notesIn(work.folder).filter(({ server }) => server === serverDigest(place.url));
    try {
      if (notes.length > 0) await drop(place, notes);
    } catch {
      // Away, or not willing: what was not dropped is still noted.
    } finally {
      work.end();
    }
  }
}
