import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownWork, sweepWork } from '../../run/ownedWork';
import type { Database } from '../../run/runContract';
import { databaseName, noteDatabase } from '../../service/storage/mongodb/databaseNote';
import { sweepServers } from './sweepServers';

// tests/integration/mongodb.test.ts tests the dropping of databases on a real server.
describe('sweepServers', () => {
  let work: string;
  let asked: string[];
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'proofload-servers-'));
    asked = [];
  });
  afterEach(() => rmSync(work, { recursive: true }));

  /** Nothing listens there, so an attempt to connect fails. */
  const url = 'mongodb://127.0.0.1:1/';
  const databases = (found: () => Promise<Database | undefined>) => ({
    admitEngine: (engine: string) => {
      asked.push(engine);
      return found();
    },
  });
  const noteOf = (id: string): string => join(work, id, `${databaseName(id)}.database.json`);
  const leave = (id: string): void => {
    mkdirSync(join(work, id));
    noteDatabase(join(work, id), databaseName(id), url);
  };

  const left = '20261125-120000-abcdef';

  it('asks for no server when there is nothing to drop', async () => {
    const own = ownWork(work, 'sqlite');
    await sweepServers(
      work,
      sweepWork(work),
      databases(async () => ({ place: { url }, server: undefined })),
    );
    expect(asked).toEqual([]);
    own.end();
  });

  it.each([
    ['no server is known', async () => undefined],
    ['its host may not be used', async () => Promise.reject(new Error('not allowed'))],
    ['another server is known', async () => ({ place: { url: 'mongodb://127.0.0.1:2/' }, server: undefined })],
    ['the server is away', async () => ({ place: { url }, server: undefined })],
  ])('keeps a database noted while %s', async (_what, found) => {
    leave(left);
    await sweepServers(work, sweepWork(work), databases(found));
    expect(asked).toEqual(['mongodb']);
    expect(existsSync(noteOf(left))).toBe(true);
  });

  it('leaves the database of an owner that lives alone', async () => {
    const own = ownWork(work, 'live');
    noteDatabase(own.folder, 'proofload_run_live', url);
    await sweepServers(
      work,
      sweepWork(work),
      databases(async () => ({ place: { url }, server: undefined })),
    );
    expect(existsSync(noteOf('live'))).toBe(true);
    own.end();
  });
});
