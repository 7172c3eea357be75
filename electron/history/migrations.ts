import type Database from 'better-sqlite3';
import { ProofloadError } from '../../shared/errors/appError';
import { redactText } from '../../shared/secrets/redact';
import { rewriteStore } from './freePages';
import { pack } from './packing';
import { redactStoredDescription, redactStoredDocument } from './redactStored';

/**
 * The schema of the history, as a list of steps. Step n takes a store from version n to version n + 1; `user_version`
 * counts the steps taken. A released step never changes; a change is a new step at the end (docs/history-schema.md).
 * Steps may call the functions that {@link migrate} adds.
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
  `
  -- The list is read without the documents, which are large: they stand apart, and packed.
  CREATE TABLE documents (
    runId TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    packed BLOB NOT NULL
  ) STRICT;
  INSERT INTO documents SELECT id, pack(document) FROM runs WHERE document IS NOT NULL;
  ALTER TABLE runs ADD COLUMN name TEXT;
  ALTER TABLE runs ADD COLUMN notes TEXT NOT NULL DEFAULT '';
  ALTER TABLE runs ADD COLUMN machine TEXT NOT NULL DEFAULT '';
  ALTER TABLE runs ADD COLUMN isPinned INTEGER NOT NULL DEFAULT 0;
  -- In ms since 1970; a deleted run can be had back until it is purged.
  ALTER TABLE runs ADD COLUMN deletedAt INTEGER;
  ALTER TABLE runs ADD COLUMN p50Ms REAL;
  ALTER TABLE runs ADD COLUMN p99_9Ms REAL;
  ALTER TABLE runs ADD COLUMN failedRate REAL;
  ALTER TABLE runs ADD COLUMN cacheHitRate REAL;
  UPDATE runs SET machine = concat_ws(', ',
    json_extract(description, '$.environment.cpu'),
    json_extract(description, '$.environment.cores') || ' cores',
    json_extract(description, '$.environment.memoryMb') || ' MB',
    json_extract(description, '$.environment.platform'),
    json_extract(description, '$.environment.osRelease'),
    json_extract(description, '$.environment.runtime'));
  UPDATE runs SET
    p50Ms = iif(p95Ms IS NULL, NULL, json_extract(document, '$.metrics.http_req_duration.p50')),
    p99_9Ms = iif(p95Ms IS NULL, NULL, json_extract(document, '$.metrics.http_req_duration.p99_9')),
    failedRate = json_extract(document, '$.metrics.http_req_failed.rate'),
    cacheHitRate = iif(json_extract(document, '$.metrics.cache_hit.count') > 0,
      json_extract(document, '$.metrics.cache_hit.rate'), NULL)
    WHERE document IS NOT NULL;
  -- A run that has ended has its seconds in its document.
  DELETE FROM seconds WHERE runId IN (SELECT runId FROM documents);
  DELETE FROM histograms WHERE metric IN ('phase', 'serverTiming') AND runId IN (SELECT runId FROM documents);
  ALTER TABLE runs DROP COLUMN document;
  CREATE TABLE tags (
    runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (runId, tag)
  ) STRICT;
  CREATE INDEX tags_by_tag ON tags (tag);
  CREATE TABLE baselines (
    scenarioId TEXT NOT NULL,
    machine TEXT NOT NULL,
    target TEXT NOT NULL,
    runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    PRIMARY KEY (scenarioId, machine, target)
  ) STRICT;
  CREATE INDEX baselines_by_run ON baselines (runId);
  -- Where response time went, of a run that goes on (partProfileText.ts); forgotten when it has ended.
  CREATE TABLE parts (
    runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    t INTEGER NOT NULL,
    operation TEXT NOT NULL,
    profile TEXT NOT NULL,
    PRIMARY KEY (runId, t, operation)
  ) STRICT;
  `,
  `
  -- Who has made a run that was imported: 'proofload' elsewhere, or another tool. Null for the runs of this history.
  ALTER TABLE runs ADD COLUMN origin TEXT;
  -- What a search reads is small without the descriptions, which are JSON of two kilobytes.
  CREATE TABLE descriptions (
    runId TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    description TEXT NOT NULL
  ) STRICT;
  INSERT INTO descriptions SELECT id, description FROM runs;
  ALTER TABLE runs DROP COLUMN description;
  `,
  `
  -- What keeps a run from opening a gate. Whether a run was changed in more than its length was not kept before.
  ALTER TABLE runs ADD COLUMN isShortened INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN isOverridden INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN wasGateShut INTEGER NOT NULL DEFAULT 0;
  UPDATE runs SET
    isShortened = coalesce(json_extract(description, '$.shortened'), 0),
    wasGateShut = coalesce(json_extract(description, '$.gate.open') = 0, 0)
    FROM descriptions WHERE runId = id;
  -- Up to where P95 may be; null when nothing bounds it.
  ALTER TABLE runs ADD COLUMN p95HighMs REAL;
  UPDATE runs SET p95HighMs = p95Ms WHERE origin IS NULL OR origin = 'proofload';
  `,
  `
  -- What was typed for runs of URLs was kept as it was typed, with passwords, tokens and cookies.
  UPDATE documents SET packed = redactStoredDocument(packed) WHERE runId IN
    (SELECT runId FROM descriptions WHERE json_extract(description, '$.target.kind') = 'url'
     UNION SELECT id FROM runs WHERE origin IS NOT NULL);
  UPDATE descriptions SET description = redactStoredDescription(description)
    WHERE json_extract(description, '$.target.kind') = 'url';
  UPDATE runs SET target = redactText(target), name = redactText(name), scenarioName = redactText(scenarioName);
  UPDATE OR REPLACE baselines SET target = redactText(target) WHERE target <> redactText(target);
  UPDATE OR REPLACE histograms SET name = redactText(name) WHERE name <> redactText(name);
  UPDATE OR REPLACE parts SET operation = redactText(operation) WHERE operation <> redactText(operation);
  `,
  `
  -- The response times of a run that has ended, packed ten minutes at a time (responseBlocks.ts). Until it is packed,
  -- they are in histograms.
  CREATE TABLE responses (
    runId TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    fromT INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (runId, fromT)
  ) STRICT;
  -- Whether a run that has ended takes as little space as it can (runPacking.ts).
  ALTER TABLE runs ADD COLUMN isPacked INTEGER NOT NULL DEFAULT 0;
  -- Whether its response times by second were removed to hold the history to a size (runBudget.ts).
  ALTER TABLE runs ADD COLUMN isThinned INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX runs_to_pack ON runs (startedAt, verdict) WHERE isPacked = 0;
  `,
  `
  -- How wide the steps of packed response times are, as a share of the value (roundedResponses.ts). Those that were
  -- packed with all their buckets and are large are packed again.
  ALTER TABLE responses ADD COLUMN stepShare REAL NOT NULL DEFAULT 0;
  UPDATE runs SET isPacked = 0 WHERE isPacked = 1 AND id IN (SELECT runId FROM responses WHERE length(packed) > 40960);
  `,
];

/** The last step that replaced content whose old form must not stay in the file. */
const lastReplacingStep = 5;

/** Adds the functions that steps may call. */
function addFunctions(database: Database.Database): void {
  database.function('pack', { deterministic: true }, (text) => pack(String(text), 'quick'));
  database.function('redactText', { deterministic: true }, (text) =>
    typeof text === 'string' ? redactText(text) : null,
  );
  database.function('redactStoredDescription', { deterministic: true }, (text) =>
    redactStoredDescription(String(text)),
  );
  database.function('redactStoredDocument', { deterministic: true }, (packed) =>
    packed instanceof Uint8Array ? redactStoredDocument(Buffer.from(packed)) : null,
  );
}

/**
 * Rewrites the store, so that replaced content is no longer in its file. This is impossible while another process has
 * the store open or the disk is full; the next `history compact` does it then.
 */
function forgetReplaced(database: Database.Database): void {
  try {
    rewriteStore(database);
  } catch {
    // The schema is up to date even so.
  }
}

/**
 * Migrates a store to the current version, or to an older one. Throws `history-unreadable` for a store of a newer
 * version.
 */
export function migrate(database: Database.Database, toVersion = migrations.length): void {
  addFunctions(database);
  let hasReplaced = false;
  database
    .transaction(() => {
      const version = Number(database.pragma('user_version', { simple: true }));
      if (version > migrations.length) {
        throw new ProofloadError(
          'history-unreadable',
          'the history was written by a newer version of Proofload',
          'update Proofload, or choose another data folder',
          { details: { about: 'data-folder' } },
        );
      }
      hasReplaced = version > 0 && version < Math.min(toVersion, lastReplacingStep);
      for (const step of migrations.slice(version, toVersion)) database.exec(step);
      database.pragma(`user_version = ${toVersion}`);
    })
    .immediate();
  if (hasReplaced) forgetReplaced(database);
}
