import type Database from 'better-sqlite3';
import { z } from 'zod';
import { partProfileFromText, partProfileToText } from '../../shared/attribution/partProfileText';
import { type RequestPhase, requestPhases, runIntervalSchema } from '../../shared/run/metrics';
import { histogramOf } from '../../shared/statistics/histogramMap';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import { decodeHdr, encodeHdr } from '../hdr/hdrCodec';
import type { RecordedSecond } from '../measure/recordedSecond';
import type { PackedHistogram, PackedSecond } from './runArchive';

const secondRowSchema = z.object({ t: z.int(), interval: z.string() });
const partRowSchema = z.object({ t: z.int(), operation: z.string(), profile: z.string() });
const histogramRowSchema = z.object({ t: z.int(), metric: z.string(), name: z.string(), histogram: z.string() });

/** The response times of an operation in a second: HdrHistogram V2, compressed, base64, microseconds. */
export interface SecondOfOperation {
  t: number;
  operation: string;
  histogram: string;
}

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
    // What a run needs only as long as it may have to be recovered.
    forget: [
      'DELETE FROM seconds WHERE runId = @runId',
      'DELETE FROM parts WHERE runId = @runId',
      "DELETE FROM histograms WHERE runId = @runId AND metric IN ('phase', 'serverTiming', 'journey')",
    ].map((sql) => database.prepare(sql)),
    seconds: database.prepare('SELECT t, interval FROM seconds WHERE runId = @runId ORDER BY t'),
    parts: database.prepare('SELECT t, operation, profile FROM parts WHERE runId = @runId AND t = @t'),
    histograms: database.prepare('SELECT t, metric, name, histogram FROM histograms WHERE runId = @runId AND t = @t'),
    responses: database.prepare(
      "SELECT t, metric, name, histogram FROM histograms WHERE runId = @runId AND metric = 'response' ORDER BY t, name",
    ),
  };
}

/** A second as it is stored. */
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

  constructor(database: Database.Database) {
    this.#statements = prepareStatements(database);
  }

  /** Keeps a second of a run that goes on. */
  append(runId: string, { t, interval, histograms, parts }: PackedSecond): void {
    this.#statements.second.run({ runId, t, interval });
    for (const histogram of histograms) this.#statements.histogram.run({ runId, t, ...histogram });
    for (const part of parts) this.#statements.part.run({ runId, t, ...part });
  }

  /** Keeps response times as {@link responses} returns them. */
  addResponses(runId: string, responses: readonly SecondOfOperation[]): void {
    for (const { t, operation, histogram } of responses)
      this.#statements.histogram.run({ runId, t, metric: 'response', name: operation, histogram });
  }

  /** Forgets what a run that has ended has in its document. */
  forget(runId: string): void {
    for (const statement of this.#statements.forget) statement.run({ runId });
  }

  /** All that was kept of the seconds of a run that has not ended, in their order. */
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

  /** The response times of each second of a run, by operation; empty for a run that has not been kept with them. */
  responses(runId: string): SecondOfOperation[] {
    const rows = z.array(histogramRowSchema).parse(this.#statements.responses.all({ runId }));
    return rows.map(({ t, name, histogram }) => ({ t, operation: name, histogram }));
  }
}
