import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { hasPagesToRelease, releasePages } from './freePages';
import { packDocument, unpackDocument } from './packedDocument';
import { packResponses, type ResponseBlock, type SecondOfOperation, unpackResponses } from './responseBlocks';
import type { RunSeconds } from './runSeconds';
import { asWriting, isInUse, type StoreWriter } from './storeWriter';

/** A run that was written so lately is measured by another process, which this one would disturb. */
const measuredMs = 5_000;
/** So many single histograms are forgotten in one transaction: a run that goes on waits for it with its next second. */
const forgottenAtOnce = 500;

function prepareStatements(database: Database.Database) {
  const isDue = 'isPacked = 0 AND verdict IS NOT NULL';
  return {
    count: database.prepare(`SELECT count(*) FROM runs WHERE ${isDue}`).pluck(),
    next: database.prepare(`SELECT id FROM runs WHERE ${isDue} ORDER BY startedAt DESC LIMIT 1`).pluck(),
    measured: database.prepare(
      'SELECT 1 FROM runs WHERE isPacked = 0 AND verdict IS NULL AND heartbeatAt > @since LIMIT 1',
    ),
    document: database.prepare('SELECT packed FROM documents WHERE runId = @runId').pluck(),
    replace: database.prepare('UPDATE documents SET packed = @packed WHERE runId = @runId'),
    done: database.prepare('UPDATE runs SET isPacked = 1 WHERE id = @runId'),
  };
}

/** What a document takes when it is packed as small as it can be; undefined where it can't be read, and stays as it is. */
function smallDocument(packed: Buffer): Buffer | undefined {
  try {
    const document = unpackDocument(packed);
    const small = packDocument(document, 'small');
    // What is written over is gone: it must be the same.
    return isDeepStrictEqual(unpackDocument(small), document) ? small : undefined;
  } catch {
    return undefined;
  }
}

/** Response times in blocks; undefined where they can't be read, or would come back different, and stay as they are. */
function blocksOf(stretches: Iterable<SecondOfOperation[]>): ResponseBlock[] | undefined {
  try {
    const blocks: ResponseBlock[] = [];
    for (const stretch of stretches) {
      const ofStretch = packResponses(stretch);
      // What is forgotten then is gone: it must be the same.
      const isSame = isDeepStrictEqual(
        ofStretch.flatMap(({ packed }) => unpackResponses(packed)),
        stretch,
      );
      if (!isSame) return undefined;
      blocks.push(...ofStretch);
    }
    return blocks;
  } catch {
    return undefined;
  }
}

/**
 * Packs runs that have ended (docs/adr/029-packed-history.md). A run can be read before, during and after; whoever is
 * killed in between has lost nothing, and the run is packed another time. All methods throw as asWriting (storeWriter.ts).
 */
export class RunPacking {
  readonly #database: Database.Database;
  readonly #seconds: RunSeconds;
  readonly #writer: StoreWriter;
  readonly #statements: ReturnType<typeof prepareStatements>;
  /** The runs that this store has finished and not packed. */
  readonly #finished: string[] = [];

  constructor(database: Database.Database, seconds: RunSeconds, writer: StoreWriter) {
    this.#database = database;
    this.#seconds = seconds;
    this.#writer = writer;
    this.#statements = prepareStatements(database);
  }

  /** How many runs have ended that are not packed. */
  get due(): number {
    return z.int().parse(this.#statements.count.get());
  }

  /** Notes that a run has been finished by this store, for {@link packFinished}. */
  noteFinished(runId: string): void {
    this.#finished.push(runId);
  }

  /** Packs the runs that were finished by this store. What keeps it from that keeps it from nothing else: they are due. */
  packFinished(): void {
    for (const runId of this.#finished.splice(0)) {
      try {
        this.pack(runId);
      } catch {
        return;
      }
    }
  }

  /** Packs the newest run that is due; false when there is none, and while any process measures a run of this history. */
  packNext(now: Date): boolean {
    if (this.#statements.measured.get({ since: now.getTime() - measuredMs }) !== undefined) return false;
    const runId = z.string().optional().parse(this.#statements.next.get());
    if (runId === undefined) return false;
    this.pack(runId);
    return true;
  }

  /** Packs a run that has ended. What of it can't be read stays as it is. */
  pack(runId: string): void {
    const packed = z.instanceof(Buffer).optional().parse(this.#statements.document.get({ runId }));
    const document = packed && smallDocument(packed);
    // Who was killed after them has left all of them.
    const blocks = this.#seconds.hasBlocks(runId) ? [] : blocksOf(this.#seconds.unpacked(runId));
    this.#writer.write(() => {
      if (document) this.#statements.replace.run({ runId, packed: document });
      // Another process may have packed the run meanwhile, and forgotten what was being read.
      if (blocks && !this.#seconds.hasBlocks(runId)) this.#seconds.addBlocks(runId, blocks);
    });
    if (blocks) this.#forgetHistograms(runId);
    this.#writer.write(() => this.#statements.done.run({ runId }));
    this.releasePages();
  }

  /** Forgets what the blocks are read in the place of. The run is due until all of it is gone. */
  #forgetHistograms(runId: string): void {
    let forgotten = 1;
    while (forgotten > 0) forgotten = this.#writer.write(() => this.#seconds.forgetHistograms(runId, forgottenAtOnce));
  }

  /** Gives the pages back that are free now. While another process writes, the next run that is packed does it. */
  releasePages(): void {
    try {
      this.#writer.setPatience();
      let isMore = hasPagesToRelease(this.#database);
      while (isMore) isMore = asWriting(() => releasePages(this.#database));
    } catch (error) {
      if (!isInUse(error)) throw error;
    }
  }
}
