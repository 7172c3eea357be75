import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { hasPagesToRelease, releasePages } from './freePages';
import { packDocument, unpackDocument } from './packedDocument';
import {
  inSteps,
  packedBytes,
  packResponses,
  type ResponseBlock,
  type SecondOfOperation,
  unpackResponses,
} from './responseBlocks';
import { stepsWithin } from './roundedResponses';
import type { RunSeconds } from './runSeconds';
import { asWriting, isInUse, type StoreWriter } from './storeWriter';

/** A run that was written within this time is still being measured by another process, which packing would disturb. */
const measuredMs = 5_000;
/** Histograms deleted in one transaction; a run in progress waits for it to write its next second. */
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
    isKept: database.prepare(
      `SELECT 1 FROM runs WHERE id = @runId AND (isPinned = 1 OR id IN (SELECT runId FROM baselines)
       OR id IN (SELECT runId FROM tags))`,
    ),
    done: database.prepare('UPDATE runs SET isPacked = 1 WHERE id = @runId'),
  };
}

/** Packs a document as small as possible; undefined when it cannot be read, and then stays unchanged. */
function smallDocument(packed: Buffer): Buffer | undefined {
  try {
    const document = unpackDocument(packed);
    const small = packDocument(document, 'small');
    // The original is overwritten, so the packed document must be equal to it.
    return isDeepStrictEqual(unpackDocument(small), document) ? small : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Packs response times of at most one block, with all their buckets or within the budget. Throws when the packed result
 * differs from what it must contain, because the originals are deleted.
 */
function blockOf(stretch: SecondOfOperation[], isExact: boolean): ResponseBlock[] {
  const seconds = new Set(stretch.map(({ t }) => t)).size;
  const perDoubling = isExact ? undefined : stepsWithin(seconds, (steps) => packedBytes(stretch, steps));
  const blocks = packResponses(stretch, perDoubling);
  const packed = blocks.flatMap((block) => unpackResponses(block.packed));
  if (!isDeepStrictEqual(packed, inSteps(stretch, perDoubling))) throw new TypeError('response times have changed');
  return blocks;
}

/** Packs response times into blocks; undefined when they cannot be read or would change, and then stay unchanged. */
function blocksOf(stretches: Iterable<SecondOfOperation[]>, isExact: boolean): ResponseBlock[] | undefined {
  try {
    const blocks: ResponseBlock[] = [];
    for (const stretch of stretches) blocks.push(...blockOf(stretch, isExact));
    return blocks;
  } catch {
    return undefined;
  }
}

/**
 * Packs blocks again, within the budget, that earlier versions packed with all buckets. Blocks that cannot be read
 * stay.
 */
function smallerBlocks(blocks: readonly ResponseBlock[]): ResponseBlock[] {
  return blocks.flatMap(({ packed, stepShare }) => {
    if (stepShare > 0) return [];
    const [smaller] = blocksOf([unpackedOrNone(packed)], false) ?? [];
    return smaller && smaller.stepShare > 0 ? [smaller] : [];
  });
}

function unpackedOrNone(packed: Uint8Array): SecondOfOperation[] {
  try {
    return unpackResponses(packed);
  } catch {
    return [];
  }
}

/**
 * Packs runs that have ended (docs/adr/029-packed-history.md), with wider steps where they have many response times
 * (docs/adr/039-scale.md). Runs that are pinned, tagged or a baseline at that time keep all buckets. A run stays
 * readable before, during and after. If the process is killed halfway, nothing is lost, and the run is packed later.
 * All methods throw as asWriting (storeWriter.ts).
 */
export class RunPacking {
  readonly #database: Database.Database;
  readonly #seconds: RunSeconds;
  readonly #writer: StoreWriter;
  readonly #statements: ReturnType<typeof prepareStatements>;
  /** The runs that this store has finished and not yet packed. */
  readonly #finished: string[] = [];

  constructor(database: Database.Database, seconds: RunSeconds, writer: StoreWriter) {
    this.#database = database;
    this.#seconds = seconds;
    this.#writer = writer;
    this.#statements = prepareStatements(database);
  }

  /** How many ended runs are not packed. */
  get due(): number {
    return z.int().parse(this.#statements.count.get());
  }

  /** Remembers for {@link packFinished} that this store has finished a run. */
  noteFinished(runId: string): void {
    this.#finished.push(runId);
  }

  /** Packs the runs that this store has finished. Runs that cannot be packed now stay due; that is no error. */
  packFinished(): void {
    for (const runId of this.#finished.splice(0)) {
      try {
        this.pack(runId);
      } catch {
        return;
      }
    }
  }

  /**
   * Packs the newest run that is due. Returns false when none is due, or while a process measures a run of this
   * history.
   */
  packNext(now: Date): boolean {
    if (this.#statements.measured.get({ since: now.getTime() - measuredMs }) !== undefined) return false;
    const runId = z.string().optional().parse(this.#statements.next.get());
    if (runId === undefined) return false;
    this.pack(runId);
    return true;
  }

  /** Packs a run that has ended. What cannot be read stays unchanged. */
  pack(runId: string): void {
    const packed = z.instanceof(Buffer).optional().parse(this.#statements.document.get({ runId }));
    const document = packed && smallDocument(packed);
    // A process that was killed after writing the blocks has written all of them.
    const hasBlocks = this.#seconds.hasBlocks(runId);
    const isExact = this.#statements.isKept.get({ runId }) !== undefined;
    const blocks = hasBlocks ? [] : blocksOf(this.#seconds.unpacked(runId), isExact);
    const smaller = hasBlocks && !isExact ? smallerBlocks(this.#seconds.blocks(runId)) : [];
    this.#writer.write(() => {
      if (document) this.#statements.replace.run({ runId, packed: document });
      // Another process may have packed the run meanwhile and deleted what this one was reading.
      if (blocks && !this.#seconds.hasBlocks(runId)) this.#seconds.addBlocks(runId, blocks);
      for (const block of smaller) this.#seconds.replaceBlock(runId, block);
    });
    if (blocks) this.#forgetHistograms(runId);
    this.#writer.write(() => this.#statements.done.run({ runId }));
    this.releasePages();
  }

  /** Deletes the histograms that the blocks replace. The run stays due until all are deleted. */
  #forgetHistograms(runId: string): void {
    let forgotten = 1;
    while (forgotten > 0) forgotten = this.#writer.write(() => this.#seconds.forgetHistograms(runId, forgottenAtOnce));
  }

  /** Releases the pages that are free now. While another process writes, packing the next run releases them. */
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
