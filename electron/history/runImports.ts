import type Database from 'better-sqlite3';
import { ProofloadError } from '../../shared/errors/appError';
import type { ImportedResult } from '../../shared/interchange/importedResult';
import type { RunDocument } from '../../shared/run/document';
import { packDocument } from './packedDocument';
import { packResponses, type SecondOfOperation } from './responseBlocks';
import type { RunSeconds } from './runSeconds';
import type { StoreWriter } from './storeWriter';
import { descriptionColumns, figureColumns, resultColumns } from './summaryColumns';

type Row = Omit<ReturnType<typeof descriptionColumns>, 'target'> &
  Omit<ReturnType<typeof figureColumns>, 'verdict' | 'rate' | 'failedRate'> & {
    name: string | null;
    verdict: string;
    rate: number | null;
    failedRate: number | null;
  };

/** Stores runs from other data folders and results of other tools. All methods throw `history-write-failed`. */
export class RunImports {
  readonly #database: Database.Database;
  readonly #seconds: RunSeconds;
  readonly #writer: StoreWriter;

  constructor(database: Database.Database, seconds: RunSeconds, writer: StoreWriter) {
    this.#database = database;
    this.#seconds = seconds;
    this.#writer = writer;
  }

  /**
   * Stores a run of another data folder, with its response times by second if they are known. Throws `import-failed`
   * when the run is in the history already.
   */
  addRun(document: RunDocument, responses: readonly SecondOfOperation[] = []): void {
    const row = { ...descriptionColumns(document), name: null, ...figureColumns(document) };
    const blocks = packResponses(responses);
    this.#writer.write(() => {
      this.#insert('proofload', row, document);
      this.#seconds.addBlocks(document.id, blocks);
    });
  }

  /** Stores a result of another tool. */
  addResult(result: ImportedResult): void {
    this.#writer.write(() => this.#insert(result.tool, resultColumns(result), result));
  }

  #insert(origin: string, row: Row, document: object): void {
    const { id } = row;
    if (this.#database.prepare('SELECT 1 FROM runs WHERE id = ?').get(id) !== undefined)
      throw new ProofloadError('import-failed', `run ${id} is in the history already`, 'open it there', {
        details: { about: 'deleted-run', id },
      });
    this.#database
      .prepare(
        `INSERT INTO runs (id, startedAt, writerPid, heartbeatAt, verdict, scenarioId, scenarioName, name,
         target, machine, isShortened, isOverridden, wasGateShut, origin, rate, p50Ms, p95Ms, p95HighMs, p99Ms, p99_9Ms,
         failedRate, cacheHitRate)
         VALUES (@id, @startedAt, @writerPid, @heartbeatAt, @verdict, @scenarioId, @scenarioName, @name,
         @target, @machine, @isShortened, @isOverridden, @wasGateShut, @origin, @rate, @p50Ms, @p95Ms, @p95HighMs, @p99Ms,
         @p99_9Ms, @failedRate, @cacheHitRate)`,
      )
      .run({ ...row, origin, writerPid: process.pid, heartbeatAt: Date.now() });
    this.#database
      .prepare('INSERT INTO documents (runId, packed) VALUES (?, ?)')
      .run(id, packDocument(document, 'quick'));
  }
}
