import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { RunFigures } from '../../shared/comparison/runNoise';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import type { RunFacets, RunFilter, RunQuery } from '../../shared/history/runQuery';
import { toolNames } from '../../shared/interchange/importedResult';
import type { StoredRun } from '../../shared/interchange/storedRun';
import type { RunDocument } from '../../shared/run/document';
import { type RunDescription, runDescriptionSchema } from '../../shared/run/events';
import type { RunSummary } from '../../shared/run/summary';
import type { RecordedSecond } from '../measure/recordedSecond';
import { userFileMode } from '../system/privateFiles';
import { rewriteStore } from './freePages';
import { packDocument } from './packedDocument';
import type { SecondOfOperation } from './responseBlocks';
import type { PackedSecond, RunArchive } from './runArchive';
import { RunBudget } from './runBudget';
import { RunEdits, runNotFound } from './runEdits';
import { RunImports } from './runImports';
import { RunList } from './runList';
import { RunPacking } from './runPacking';
import { RunSeconds } from './runSeconds';
import { figuresLike } from './similarRuns';
import { readStored } from './storedRun';
import { asWriting, StoreWriter } from './storeWriter';
import { descriptionColumns, figureColumns } from './summaryColumns';

const unfinishedRowSchema = z.object({
  id: z.string(),
  heartbeatAt: z.int(),
  description: z.string(),
});
/** A run that was started and has no document yet. */
export interface UnfinishedRun {
  description: RunDescription;
  /** When its writer last wrote, in ms since 1970. */
  heartbeatAt: number;
}

/** More pages than a store can have. */
const allPages = 2 ** 31 - 1;

function prepareStatements(database: Database.Database) {
  return {
    begin: database.prepare(
      `INSERT INTO runs (id, startedAt, writerPid, heartbeatAt, scenarioId, scenarioName, target, machine,
         isShortened, isOverridden, wasGateShut)
       VALUES (@id, @startedAt, @writerPid, @heartbeatAt, @scenarioId, @scenarioName, @target, @machine,
         @isShortened, @isOverridden, @wasGateShut)`,
    ),
    describe: database.prepare('INSERT INTO descriptions (runId, description) VALUES (@id, @description)'),
    heartbeat: database.prepare('UPDATE runs SET heartbeatAt = @heartbeatAt WHERE id = @id'),
    finish: database.prepare(
      `UPDATE runs SET verdict = @verdict, target = @target, rate = @rate, p50Ms = @p50Ms, p95Ms = @p95Ms,
       p95HighMs = @p95HighMs, p99Ms = @p99Ms, p99_9Ms = @p99_9Ms, failedRate = @failedRate, cacheHitRate = @cacheHitRate WHERE id = @id`,
    ),
    keepDocument: database.prepare(
      'INSERT OR REPLACE INTO documents (runId, packed) SELECT id, @packed FROM runs WHERE id = @id',
    ),
    delete: database.prepare('DELETE FROM runs WHERE id = @id'),
    document: database.prepare('SELECT packed FROM runs LEFT JOIN documents ON runId = id WHERE id = @id').pluck(),
    unfinished: database.prepare(
      'SELECT id, heartbeatAt, description FROM runs JOIN descriptions ON runId = id WHERE verdict IS NULL',
    ),
    baseline: database
      .prepare('SELECT runId FROM baselines WHERE scenarioId = @scenarioId AND target = @target AND machine = @machine')
      .pluck(),
  };
}

/** The runs of this data folder. Several processes may have it open; each write is one transaction. */
export class HistoryStore implements RunArchive {
  readonly #database: Database.Database;
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #list: RunList;
  readonly #seconds: RunSeconds;
  readonly #writer: StoreWriter;
  readonly #onClose: () => void;
  /** What users change about runs: names, notes, tags, baselines, deletion. */
  readonly edits: RunEdits;
  /** Runs from other data folders and results of other tools. */
  readonly imports: RunImports;
  /** Compresses runs that have ended. */
  readonly packing: RunPacking;
  /** Keeps the history within a size. */
  readonly budget: RunBudget;

  /** Expects an open, migrated `database` (openHistory.ts). The store closes it, and then calls `onClose`. */
  constructor(database: Database.Database, onClose: () => void = () => {}) {
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#list = new RunList(database);
    this.#seconds = new RunSeconds(database);
    this.#writer = new StoreWriter(database);
    this.#onClose = onClose;
    this.edits = new RunEdits(database, this.#writer);
    this.imports = new RunImports(database, this.#seconds, this.#writer);
    this.packing = new RunPacking(database, this.#seconds, this.#writer);
    this.budget = new RunBudget(database, this.#writer);
  }

  begin(run: RunDescription): void {
    const row = descriptionColumns(run);
    this.#writer.runBegins(run.id);
    try {
      this.#write(() => {
        this.#statements.begin.run({ ...row, writerPid: process.pid, heartbeatAt: Date.now() });
        this.#statements.describe.run({ id: run.id, description: JSON.stringify(run) });
      });
    } catch (error) {
      this.#writer.runEnds(run.id);
      throw error;
    }
  }

  append(runId: string, seconds: readonly PackedSecond[]): void {
    // A sync every second would disturb a measurement on the same disk. A power failure can take the last seconds of a
    // run in progress, and nothing of a finished run.
    this.#database.pragma('synchronous = NORMAL');
    try {
      this.#write(() => {
        this.#statements.heartbeat.run({ id: runId, heartbeatAt: Date.now() });
        for (const second of seconds) this.#seconds.append(runId, second);
      });
    } finally {
      this.#database.pragma('synchronous = FULL');
    }
  }

  finish(document: RunDocument): void {
    const { id } = document;
    this.#write(() => {
      this.#statements.finish.run({ id, ...figureColumns(document) });
      this.#statements.keepDocument.run({ id, packed: packDocument(document, 'quick') });
      this.#seconds.forget(id);
    });
    this.#writer.runEnds(id);
    this.packing.noteFinished(id);
  }

  discard(runId: string): void {
    this.#write(() => this.#statements.delete.run({ id: runId }));
    this.#writer.runEnds(runId);
  }

  /** Returns summaries, newest first. */
  list(query: RunQuery): RunSummary[] {
    return this.#list.read(query);
  }

  /** Returns the summary of a run. Throws `run-not-found`. */
  summary(id: string): RunSummary {
    const found = this.#list.find(id);
    if (found) return found;
    throw runNotFound(id);
  }

  /** Returns how many runs match a filter. */
  count(filter: RunFilter): number {
    return this.#list.count(filter);
  }

  /**
   * Returns the figures of the last trusted runs that are comparable with a run, oldest first, except those in
   * `without`.
   */
  figuresLike(run: Pick<RunDocument, 'scenario' | 'target' | 'environment'>, without: readonly string[]): RunFigures[] {
    return figuresLike(this.#database, run, without);
  }

  /** Returns the baseline of a scenario and target on a machine; undefined when there is none. */
  baselineOf(scenarioId: string, target: string, machine: string): string | undefined {
    return z.string().optional().parse(this.#statements.baseline.get({ scenarioId, target, machine }));
  }

  /** Returns the values that runs can be filtered by. */
  facets(): RunFacets {
    return this.#list.facets();
  }

  /** Returns a run that has ended, with its document. Throws `run-not-found`, `history-unreadable`. */
  stored(id: string): StoredRun {
    const packed = z.instanceof(Buffer).nullish().parse(this.#statements.document.get({ id }));
    if (packed === undefined) throw runNotFound(id);
    if (packed === null) {
      throw new ProofloadError(
        'run-not-found',
        `run ${id} has not ended yet`,
        'wait for its end, or stop it where it runs',
      );
    }
    return readStored(id, packed);
  }

  /**
   * Returns the document of a finished run. Throws `run-not-found`, `history-unreadable`, and `usage` for a result of
   * another tool.
   */
  document(id: string): RunDocument {
    const stored = this.stored(id);
    if (stored.kind === 'run') return stored.document;
    throw new ProofloadError(
      'usage',
      `run ${id} was imported from ${toolNames[stored.result.tool]} and has no run document`,
      'export it as json, or compare it with a run',
    );
  }

  /**
   * Returns the response times of each second of a run, by operation; empty when the run was stored without them.
   * Throws `history-unreadable`.
   */
  responseHistograms(id: string): SecondOfOperation[] {
    return this.#seconds.responses(id);
  }

  /** Returns the runs that have not ended: in progress in some process, or left behind by a crash. */
  unfinished(): UnfinishedRun[] {
    return z
      .array(unfinishedRowSchema)
      .parse(this.#statements.unfinished.all())
      .map(({ heartbeatAt, description }) => ({
        heartbeatAt,
        description: runDescriptionSchema.parse(JSON.parse(description)),
      }));
  }

  /** Returns the stored seconds of a run that has not ended, in order. */
  seconds(runId: string): RecordedSecond[] {
    return this.#seconds.of(runId);
  }

  /** The size of the store on disk, in bytes. */
  get sizeBytes(): number {
    const pragma = (name: string): number => Number(this.#database.pragma(name, { simple: true }));
    return pragma('page_count') * pragma('page_size');
  }

  /**
   * Writes a copy to a new file. Other processes can read and write meanwhile; this one blocks. A process that is
   * killed halfway leaves no file that looks like a backup. By default `fileMode` follows the user's umask. Throws
   * `output-unwritable`.
   */
  async backup(file: string, fileMode = userFileMode()): Promise<void> {
    if (existsSync(file))
      throw new ProofloadError('output-unwritable', `${file} is there already`, 'choose another name');
    const unfinished = `${file}.unfinished`;
    try {
      rmSync(unfinished, { force: true });
      // In one step: SQLite starts over when another process writes between two steps, and a run writes every second.
      await this.#database.backup(unfinished, { progress: () => allPages });
      chmodSync(unfinished, fileMode);
      renameSync(unfinished, file);
    } catch (error) {
      throw new ProofloadError(
        'output-unwritable',
        `the history cannot be copied to ${file}: ${errorMessage(error)}`,
        'choose a folder that can be written, on a disk with enough space',
        { cause: error },
      );
    }
  }

  /** Returns the space of deleted runs to the disk, and the sizes before and after. Throws `history-write-failed`. */
  compact(): { beforeBytes: number; afterBytes: number } {
    const beforeBytes = this.sizeBytes;
    this.#writer.setPatience();
    asWriting(() => rewriteStore(this.#database));
    return { beforeBytes, afterBytes: this.sizeBytes };
  }

  close(): void {
    this.#database.close();
    this.#onClose();
  }

  #write(work: () => void): void {
    this.#writer.write(work);
  }
}
