import { join } from 'node:path';
import { z } from 'zod';
import { openDatabase } from '../../electron/sqlite/openDatabase';

const rowsSchema = z.array(z.string().transform((text) => z.object({ count: z.int() }).parse(JSON.parse(text))));

/** What the history of a data folder holds of the load of runs that go on: seconds, and the requests answered in them. */
export function keptLoad(dataFolder: string): { seconds: number; requests: number } {
  const database = openDatabase(join(dataFolder, 'history.sqlite'), { readonly: true });
  try {
    const rows = rowsSchema.parse(database.prepare('SELECT interval FROM seconds').pluck().all());
    return { seconds: rows.length, requests: rows.reduce((sum, { count }) => sum + count, 0) };
  } finally {
    database.close();
  }
}
