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
/** A run that has begun and has no document. */
export interface UnfinishedRun {
  description: RunDescription;
  /** When its writer last wrote, in ms since 1970. */
  heartbeatAt: number;
}

/** More than a store has. */
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
  /** What users say of runs. */
  readonly edits: RunEdits;
  /** Runs that were made elsewhere. */
  readonly imports: RunImports;
  /** What makes runs that have ended small. */
  readonly packing: RunPacking;
  /** What holds the history to a size. */
  readonly budget: RunBudget;

  /** `database` is open and migrated (openHistory.ts); the store closes it, and calls `onClose` then. */
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
    // A sync each second would disturb what is measured on the same disk. A power cut may take the last seconds of a
    // run that goes on, and nothing that is finished.
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

  /** Summaries, newest first. */
  list(query: RunQuery): RunSummary[] {
    return this.#list.read(query);
  }

  /** The line of a run. Throws `run-not-found`. */
  summary(id: string): RunSummary {
    const found = this.#list.find(id);
    if (found) return found;
    throw runNotFound(id);
  }

  /** How many runs a filter lets through. */
  count(filter: RunFilter): number {
    return this.#list.count(filter);
  }

  /** The figures of the last trusted runs that are like a run, in the order of their time; `without` are left out. */
  figuresLike(run: Pick<RunDocument, 'scenario' | 'target' | 'environment'>, without: readonly string[]): RunFigures[] {
    return figuresLike(this.#database, run, without);
  }

  /** The run that others of a scenario and target on a machine are held against; undefined without one. */
  baselineOf(scenarioId: string, target: string, machine: string): string | undefined {
    return z.string().optional().parse(this.#statements.baseline.get({ scenarioId, target, machine }));
  }

  /** What there is to filter by. */
  facets(): RunFacets {
    return this.#list.facets();
  }

  /** What there is of a run that has ended. Throws `run-not-found`, `history-unreadable`. */
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

  /** The document of a finished run. Throws `run-not-found`, `history-unreadable`, and `usage` for another tool's result. */
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
   * The response times of each second of a run, by operation; empty for a run that has not been kept with them. Throws
   * `history-unreadable`.
   */
  responseHistograms(id: string): SecondOfOperation[] {
    return this.#seconds.responses(id);
  }

  /** Runs that nobody has finished: in progress somewhere, or left behind by a crash. */
  unfinished(): UnfinishedRun[] {
    return z
      .array(unfinishedRowSchema)
      .parse(this.#statements.unfinished.all())
      .map(({ heartbeatAt, description }) => ({
        heartbeatAt,
        description: runDescriptionSchema.parse(JSON.parse(description)),
      }));
  }

  /** All that was kept of the seconds of a run that has not ended, in their order. */
  seconds(runId: string): RecordedSecond[] {
    return this.#seconds.of(runId);
  }

  /** How large the store is on disk, in bytes. */
  get sizeBytes(): number {
    const pragma = (name: string): number => Number(this.#database.pragma(name, { simple: true }));
    return pragma('page_count') * pragma('page_size');
  }

  /**
   * Writes a copy to a file that is not there yet, while other processes go on reading and writing; this one stands
   * still. Killed in the middle, it leaves no file that looks like a backup. `fileMode` is as any program would make a
   * file of the user's. Throws `output-unwritable`.
   */
  async backup(file: string, fileMode = userFileMode()): Promise<void> {
    if (existsSync(file))
      throw new ProofloadError('output-unwritable', `${file} is there already`, 'choose another name');
    const unfinished = `${file}.unfinished`;
    try {
      rmSync(unfinished, { force: true });
      // In one step: SQLite begins anew when another process has written between two, and a run writes every second.
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

  /** Gives the space of deleted runs back to the disk. Returns the sizes before and after. Throws `history-write-failed`. */
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
