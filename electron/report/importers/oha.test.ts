import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../sqlite/openDatabase';
import { readResult } from './readResult';

/** The table that oha 1.15 creates (src/db.rs). */
const table = `CREATE TABLE oha (
  url TEXT NOT NULL, start REAL NOT NULL, start_latency_correction REAL, end REAL NOT NULL, duration REAL NOT NULL,
  status INTEGER NOT NULL, len_bytes INTEGER NOT NULL, run INTEGER NOT NULL)`;

describe('the database of oha', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-oha-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const path = (): string => join(folder, 'oha.db');

  function write(...statements: string[]): void {
    const database = openDatabase(path());
    for (const statement of statements) database.exec(statement);
    database.close();
  }

  /**
   * Adds requests of 5 ms, ten a second. Every tenth gets a response with status 500; `corrected` ones are sent 2 ms
   * late.
   */
  function fill(run: number, requests: number, corrected = false): void {
    const database = openDatabase(path());
    const insert = database.prepare('INSERT INTO oha VALUES (?, ?, ?, ?, ?, ?, 10, ?)');
    for (let index = 0; index < requests; index += 1) {
      const start = index / 10;
      const intended = corrected ? start - 0.002 : null;
      const duration = corrected ? 0.007 : 0.005;
      insert.run('http://127.0.0.1/x', start, intended, start + 0.005, duration, index % 10 === 9 ? 500 : 200, run);
    }
    database.close();
  }

  it('is read as a result for each run in it, in milliseconds, with what its latency is', async () => {
    write(table);
    fill(1_790_000_000, 100);
    fill(1_790_000_100, 50, true);
    const { content } = await readResult(path());
    expect(content).toMatchObject({
      kind: 'results',
      results: [
        {
          tool: 'oha',
          subject: 'http://127.0.0.1/x',
          startedAt: '2026-09-21T14:13:20.000Z',
          latency: { starts: 'request', includesFailures: false },
          metrics: { http_req_duration: { count: 90 }, http_reqs: { count: 100 }, http_req_failed: { count: 10 } },
        },
        { latency: { starts: 'intended' }, metrics: { http_reqs: { count: 50 } } },
      ],
    });
    if (content.kind === 'run') throw new Error('a run');
    const [first, second] = content.results;
    expect(first?.metrics.http_req_duration.percentiles[95]).toBeCloseTo(5, 1);
    expect(second?.metrics.http_req_duration.percentiles[95]).toBeCloseTo(7, 1);
    expect(first?.intervals.map(({ count }) => count)).toEqual(Array.from({ length: 10 }, () => 10));
  });

  it.each([
    ['another database', ['CREATE TABLE other (x)'], /not one that oha has written/],
    [
      'a view that has no end',
      [`CREATE VIEW oha AS WITH RECURSIVE n(url) AS (VALUES (1) UNION ALL SELECT url + 1 FROM n) SELECT * FROM n`],
      /not one that oha has written/,
    ],
    [
      'a column that computes',
      [table.replace('run INTEGER NOT NULL', 'run INTEGER AS (status)')],
      /not one that oha has written/,
    ],
    ['no request', [table], /no request/],
    ['a negative latency', [table, "INSERT INTO oha VALUES ('x', 0, NULL, 1, -1, 200, 1, 1)"], /damaged/],
    ['a time that is text', [table, "INSERT INTO oha VALUES ('x', 0, NULL, 'soon', 1, 200, 1, 1)"], /./],
  ])('is refused when it is %s', async (_name, statements, message) => {
    const attempt = Promise.resolve().then(() => {
      write(...statements);
      return readResult(path());
    });
    await expect(attempt).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });
});
