import type Database from 'better-sqlite3';
import { z } from 'zod';
import { partProfileFromText, partProfileToText } from '../../shared/attribution/partProfileText';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { type RequestPhase, requestPhases, runIntervalSchema } from '../../shared/run/metrics';
import { histogramOf } from '../../shared/statistics/histogramMap';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { decodeHdr, encodeHdr } from '../hdr/hdrCodec';
import type { RecordedSecond } from '../measure/recordedSecond';
import { blockSeconds, inOrder, type ResponseBlock, type SecondOfOperation, unpackResponses } from './responseBlocks';
import type { PackedHistogram, PackedSecond } from './runArchive';

const secondRowSchema = z.object({ t: z.int(), interval: z.string() });
const partRowSchema = z.object({ t: z.int(), operation: z.string(), profile: z.string() });
const histogramRowSchema = z.object({ t: z.int(), metric: z.string(), name: z.string(), histogram: z.string() });
const blockRowSchema = z.object({ fromT: z.int(), packed: z.instanceof(Buffer), stepShare: z.number() });

type Named = Map<string, LatencyHistogram>;

function phasesOf(histograms: Named): Map<RequestPhase, LatencyHistogram> {
  return new Map(
    requestPhases.flatMap((phase) => {
      const histogram = histograms.get(phase);
      return histogram ? [[phase, histogram] as const] : [];
    }),
  );
}

function prepareStatements(database: Database.Database) {
  return {
    second: database.prepare('INSERT INTO seconds (runId, t, interval) VALUES (@runId, @t, @interval)'),
    histogram: database.prepare(
      'INSERT INTO histograms (runId, t, metric, name, histogram) VALUES (@runId, @t, @metric, @name, @histogram)',
    ),
    part: database.prepare(
      'INSERT INTO parts (runId, t, operation, profile) VALUES (@runId, @t, @operation, @profile)',
    ),
    // A run needs these only until it has a document.
    forget: [
      'DELETE FROM seconds WHERE runId = @runId',
      'DELETE FROM parts WHERE runId = @runId',
      "DELETE FROM histograms WHERE runId = @runId AND metric <> 'response'",
    ].map((sql) => database.prepare(sql)),
    block: database.prepare(
      'INSERT INTO responses (runId, fromT, packed, stepShare) SELECT id, @fromT, @packed, @stepShare FROM runs WHERE id = @runId',
    ),
    replaceBlock: database.prepare(
      'UPDATE responses SET packed = @packed, stepShare = @stepShare WHERE runId = @runId AND fromT = @fromT',
    ),
    stretches: database
      .prepare(
        `SELECT DISTINCT (t - 1) / ${blockSeconds} FROM histograms WHERE runId = @runId AND metric = 'response' ORDER BY 1`,
      )
      .pluck(),
    stretch: database.prepare(
      `SELECT t, metric, name, histogram FROM histograms WHERE runId = @runId AND metric = 'response'
       AND t > @afterT AND t <= @afterT + ${blockSeconds}`,
    ),
    hasBlocks: database.prepare('SELECT 1 FROM responses WHERE runId = @runId LIMIT 1'),
    blocks: database.prepare('SELECT fromT, packed, stepShare FROM responses WHERE runId = @runId ORDER BY fromT'),
    forgetHistograms: database.prepare(
      'DELETE FROM histograms WHERE rowid IN (SELECT rowid FROM histograms WHERE runId = @runId LIMIT @limit)',
    ),
    seconds: database.prepare('SELECT t, interval FROM seconds WHERE runId = @runId ORDER BY t'),
    parts: database.prepare('SELECT t, operation, profile FROM parts WHERE runId = @runId AND t = @t'),
    histograms: database.prepare('SELECT t, metric, name, histogram FROM histograms WHERE runId = @runId AND t = @t'),
    responses: database.prepare(
      "SELECT t, metric, name, histogram FROM histograms WHERE runId = @runId AND metric = 'response'",
    ),
  };
}

/** Returns what `read` returns, or throws an error that says where response times are damaged. */
function readable<T>(runId: string, fromT: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ProofloadError(
      'history-unreadable',
      `the response times of run ${runId} from second ${fromT} on are damaged: ${errorMessage(error)}`,
      'the figures of the run are whole; a repair leaves out the damaged seconds',
      { cause: error, details: { about: 'damaged-history' } },
    );
  }
}

/** Returns response times that are not packed, in order. */
function secondsOf(runId: string, rows: readonly unknown[]): SecondOfOperation[] {
  const seconds = z
    .array(histogramRowSchema)
    .parse(rows)
    .map(({ t, name, histogram }) => ({
      t,
      operation: name,
      histogram: readable(runId, t, () => decodeHdr(histogram).toSparse()),
    }));
  return inOrder(seconds);
}

/** Packs a second for the store. */
export function packSecond(second: RecordedSecond): PackedSecond {
  const { interval, response, service, lateness, stages, phases, serverTiming, journeys = [], parts } = second;
  const packed = (metric: PackedHistogram['metric'], named: Iterable<readonly [string, LatencyHistogram]>) =>
    [...named]
      .filter(([, histogram]) => histogram.count > 0)
      .map(([name, histogram]) => ({ metric, name, histogram: encodeHdr(histogram) }));
  return {
    t: interval.t,
    interval: JSON.stringify(interval),
    histograms: [
      ...packed('response', response),
      ...packed('stage', stages),
      ...packed('phase', phases),
      ...packed('serverTiming', serverTiming),
      ...packed('journey', journeys),
      ...packed('service', [['', service]]),
      ...packed('lateness', [['', lateness]]),
    ],
    parts: [...parts].map(([operation, profile]) => ({ operation, profile: partProfileToText(profile) })),
  };
}

/** The seconds of runs. The caller begins and ends transactions. */
export class RunSeconds {
  readonly #statements: ReturnType<typeof prepareStatements>;
  /** Reads both forms of response times in one transaction, because another process may be packing the run. */
  readonly #readResponses: (runId: string) => { blocks: unknown[]; histograms: unknown[] };

  constructor(database: Database.Database) {
    const statements = prepareStatements(database);
    this.#statements = statements;
    this.#readResponses = database.transaction((runId: string) => {
      const blocks = statements.blocks.all({ runId });
      return { blocks, histograms: blocks.length > 0 ? [] : statements.responses.all({ runId }) };
    });
  }

  /** Stores a second of a run in progress. */
  append(runId: string, { t, interval, histograms, parts }: PackedSecond): void {
    this.#statements.second.run({ runId, t, interval });
    for (const histogram of histograms) this.#statements.histogram.run({ runId, t, ...histogram });
    for (const part of parts) this.#statements.part.run({ runId, t, ...part });
  }

  /** Whether all response times of a run are packed; single histograms are ignored from then on. */
  hasBlocks(runId: string): boolean {
    return this.#statements.hasBlocks.get({ runId }) !== undefined;
  }

  /** Yields the response times of a run that are not packed, a block at a time. Throws `history-unreadable`. */
  *unpacked(runId: string): Generator<SecondOfOperation[]> {
    for (const place of z.array(z.int()).parse(this.#statements.stretches.all({ runId })))
      yield secondsOf(runId, this.#statements.stretch.all({ runId, afterT: place * blockSeconds }));
  }

  /** Stores packed response times. From then on they are what is read. */
  addBlocks(runId: string, blocks: readonly ResponseBlock[]): void {
    for (const block of blocks) this.#statements.block.run({ runId, ...block });
  }

  /** Returns the packed response times of a run. */
  blocks(runId: string): ResponseBlock[] {
    return z.array(blockRowSchema).parse(this.#statements.blocks.all({ runId }));
  }

  /** Stores a block in the place of the one that begins with the same second. */
  replaceBlock(runId: string, block: ResponseBlock): void {
    this.#statements.replaceBlock.run({ runId, ...block });
  }

  /** Deletes at most `limit` single histograms of a run whose response times are packed. Returns how many. */
  forgetHistograms(runId: string, limit: number): number {
    return this.#statements.forgetHistograms.run({ runId, limit }).changes;
  }

  /** Deletes the seconds of an ended run that its document contains. */
  forget(runId: string): void {
    for (const statement of this.#statements.forget) statement.run({ runId });
  }

  /** Returns the stored seconds of a run that has not ended, in order. */
  of(runId: string): RecordedSecond[] {
    return z
      .array(secondRowSchema)
      .parse(this.#statements.seconds.all({ runId }))
      .map(({ t, interval }) => {
        const rows = z.array(histogramRowSchema).parse(this.#statements.histograms.all({ runId, t }));
        const parts = z.array(partRowSchema).parse(this.#statements.parts.all({ runId, t }));
        const named = (wanted: string): Named =>
          new Map(
            rows.flatMap(({ metric, name, histogram }) =>
              metric === wanted ? [[name, decodeHdr(histogram)] as const] : [],
            ),
          );
        const journeys = named('journey');
        return {
          interval: runIntervalSchema.parse(JSON.parse(interval)),
          response: named('response'),
          stages: named('stage'),
          phases: phasesOf(named('phase')),
          serverTiming: named('serverTiming'),
          ...(journeys.size > 0 ? { journeys } : {}),
          parts: new Map(parts.map(({ operation, profile }) => [operation, partProfileFromText(profile)])),
          service: histogramOf(named('service'), ''),
          lateness: histogramOf(named('lateness'), ''),
        };
      });
  }

  /**
   * Returns the response times of each second of a run, by operation; empty when the run was stored without them.
   * Throws `history-unreadable`.
   */
  responses(runId: string): SecondOfOperation[] {
    const { blocks, histograms } = this.#readResponses(runId);
    const ofBlocks = z
      .array(blockRowSchema)
      .parse(blocks)
      .flatMap(({ fromT, packed, stepShare }) => {
        const seconds = readable(runId, fromT, () => unpackResponses(packed));
        return stepShare > 0 ? seconds.map((second) => ({ ...second, stepShare })) : seconds;
      });
    return [...ofBlocks, ...secondsOf(runId, histograms)];
  }
}
