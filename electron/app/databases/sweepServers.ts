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
    // Without access, the database is not ours to remove.
    return [];
  }
}

/** Drops the databases in the notes for one server. Rejects with the first one that it can't drop. */
async function drop(place: DatabasePlace, works: readonly { work: OwnedWork; notes: readonly DatabaseNote[] }[]) {
  // Loaded on demand, because there is rarely something to drop.
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
 * Drops the databases that killed processes of this data folder left in the MongoDB server that is configured now. It
 * never touches the work of a live owner. `left` has the ids of the work that remained in the folder after a sweep
 * (ownedWork.ts). It connects only when there is something to drop. A server that can't be reached or may not be used
 * is not an error: the notes of its databases stay for the next sweep. PostgreSQL does not need this, because a lock of
 * the server holds each schema and the next run removes those that are free (postgresSchema.ts).
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
    // The server is unreachable or refuses. The notes of what was not dropped stay.
  } finally {
    for (const { work } of works) work.end();
  }
}
