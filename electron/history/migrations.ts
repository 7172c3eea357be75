import type Database from 'better-sqlite3';
import { ProofloadError } from '../../shared/errors/appError';

/**
 * The schema of the history, as a list of steps: step n brings a store of version n to version n + 1, and
 * `user_version` is the number of steps taken. A step that has shipped is never changed; changes are new steps at
 * the end (docs/history-schema.md).
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    startedAt TEXT NOT NULL,
    -- The process that writes the run, and when it last did: how a later start finds a run that nobody finishes.
    writerPid INTEGER NOT NULL,
    heartbeatAt INTEGER NOT NULL,
    description TEXT NOT NULL,
    -- Null until the run has ended.
    verdict TEXT,
    document TEXT,
    scenarioId TEXT NOT NULL,
    scenarioName TEXT NOT NULL,
    target TEXT NOT NULL,
    rate REAL,
    p95Ms REAL,
    p99Ms REAL
  ) STRICT;
  CREATE INDEX runs_by_start ON runs (startedAt DESC);
  CREATE TABLE seconds (
    runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    t INTEGER NOT NULL,
    interval TEXT NOT NULL,
    PRIMARY KEY (runId, t)
  ) STRICT;
  -- HdrHistogram V2, compressed, base64, microseconds. metric: response (name: operation), service, lateness,
  -- serverTiming (name: part).
  CREATE TABLE histograms (
    runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    t INTEGER NOT NULL,
    metric TEXT NOT NULL,
    name TEXT NOT NULL,
    histogram TEXT NOT NULL,
    PRIMARY KEY (runId, t, metric, name)
  ) STRICT;
  `,
];

/** Brings a store up to date. Throws `history-unreadable` for a store that a newer version has written. */
export function migrate(database: Database.Database): void {
  database
    .transaction(() => {
      const version = Number(database.pragma('user_version', { simple: true }));
      if (version > migrations.length) {
        throw new ProofloadError(
          'history-unreadable',
          'the history was written by a newer version of Proofload',
          'update Proofload, or choose another data folder with --data-dir or PROOFLOAD_DATA_DIR',
        );
      }
      for (const step of migrations.slice(version)) database.exec(step);
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}
