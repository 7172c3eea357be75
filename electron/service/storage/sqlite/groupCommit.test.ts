import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../sqlite/openDatabase';
import { ServerTiming } from '../../serverTiming';
import { StorageError } from '../storageError';
import { GroupCommit } from './groupCommit';

describe('GroupCommit', () => {
  let database: Database.Database;
  let group: GroupCommit;
  beforeEach(() => {
    database = openDatabase(':memory:');
    database.exec('CREATE TABLE items (id INTEGER PRIMARY KEY) STRICT');
    group = new GroupCommit(database, { windowMs: 0, maxWrites: 256, now: () => 0 });
  });
  afterEach(() => {
    vi.useRealTimers();
    database.close();
  });

  const insert = (id: number, timing = new ServerTiming()): Promise<number> =>
    group.write(() => Number(database.prepare('INSERT INTO items VALUES (?)').run(id).lastInsertRowid), timing);
  const stored = (): unknown[] => database.prepare('SELECT id FROM items ORDER BY id').pluck().all();

  it('commits the writes of one turn together and acknowledges after the commit', async () => {
    let acknowledgedInTransaction = false;
    const first = insert(1).then(() => {
      acknowledgedInTransaction = database.inTransaction;
    });
    const second = insert(2);
    expect(stored()).toEqual([]);
    await Promise.all([first, second]);
    expect(acknowledgedInTransaction).toBe(false);
    expect(stored()).toEqual([1, 2]);
  });

  it('lets one refused write leave the others of its batch alone', async () => {
    const outcomes = await Promise.allSettled([insert(1), insert(1), insert(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored()).toEqual([1, 2]);
  });

  it('rejects every write of a batch whose commit fails, and keeps none of them', async () => {
    database.exec(`
      CREATE TABLE parents (id INTEGER PRIMARY KEY);
      CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
    `);
    database.pragma('foreign_keys = ON');
    // A deferred constraint is checked only by COMMIT.
    const orphan = group.write(() => database.exec('INSERT INTO children VALUES (42)'), new ServerTiming());
    const outcomes = await Promise.allSettled([insert(1), orphan]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(outcomes[0]?.status === 'rejected' && outcomes[0].reason).toBeInstanceOf(StorageError);
    expect(stored()).toEqual([]);
    expect(await insert(3)).toBe(3);
  });

  it('splits what is more than a batch, and acknowledges all of it', async () => {
    await Promise.all(Array.from({ length: 700 }, (_, id) => insert(id)));
    expect(stored()).toHaveLength(700);
  });

  it('tells how long a write waited, wrote and committed', async () => {
    const timing = new ServerTiming();
    await insert(1, timing);
    expect(timing.header()).toMatch(/^wait;dur=[\d.]+, write;dur=[\d.]+, commit;dur=[\d.]+$/);
  });

  /** The documents that a reader sees between turns of the event loop, while a hundred writes are queued. */
  const seenBetweenBatches = async (now: () => number): Promise<number[]> => {
    const small = new GroupCommit(database, { windowMs: 0, maxWrites: 10, now });
    const writes = Array.from({ length: 100 }, (_, id) =>
      small.write(() => database.prepare('INSERT INTO items VALUES (?)').run(id), new ServerTiming()),
    );
    const seen = new Set<number>();
    while (!seen.has(100)) {
      await new Promise<void>((next) => setImmediate(next));
      seen.add(stored().length);
    }
    await Promise.all(writes);
    return [...seen].filter((count) => count > 0);
  };
  const tens = Array.from({ length: 10 }, (_, batch) => (batch + 1) * 10);

  it('lets a read in between two batches, however many writes are queued', async () => {
    expect(await seenBetweenBatches(() => 0)).toEqual(tens);
  });

  it('ends a batch of slow writes after five milliseconds', async () => {
    // Each reading of the clock is a millisecond later: the fifth write ends its batch.
    let nowMs = 0;
    const seen = await seenBetweenBatches(() => {
      nowMs += 1;
      return nowMs;
    });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, batch) => (batch + 1) * 5));
  });

  it('waits for company only after it had some', async () => {
    const patient = new GroupCommit(database, { windowMs: 50, maxWrites: 10, now: () => 0 });
    const write = (id: number): Promise<unknown> =>
      patient.write(() => database.prepare('INSERT INTO items VALUES (?)').run(id), new ServerTiming());
    const turns = async (work: Promise<unknown>): Promise<number> => {
      let done = false;
      void work.then(() => {
        done = true;
      });
      for (let turn = 0; ; turn += 1) {
        if (done || turn > 100) return turn;
        await new Promise<void>((next) => setImmediate(next));
      }
    };
    expect(await turns(write(1))).toBeLessThan(5);
    await Promise.all([write(2), write(3)]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    expect(await turns(write(4))).toBeGreaterThan(100);
    vi.advanceTimersByTime(49);
    expect(stored()).toEqual([1, 2, 3]);
    vi.advanceTimersByTime(1);
    await patient.drained();
    expect(stored()).toEqual([1, 2, 3, 4]);
  });
});
