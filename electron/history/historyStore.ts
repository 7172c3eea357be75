import type Database from 'better-sqlite3';
import { z } from 'zod';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { type RunDocument, runDocumentSchema } from '../../shared/run/document';
import { type RunDescription, runDescriptionSchema } from '../../shared/run/events';
import { type RequestPhase, requestPhases, runIntervalSchema } from '../../shared/run/metrics';
import { type RunSummary, runSummarySchema } from '../../shared/run/summary';
import { targetLabel } from '../../shared/run/target';
import { decodeHdr, encodeHdr } from '../../shared/statistics/hdrCodec';
import { histogramOf } from '../../shared/statistics/histogramMap';
import type { LatencyHistogram } from '../../shared/statistics/latencyHistogram';
import type { RecordedSecond, RunArchive } from './runArchive';

const unfinishedRowSchema = z.object({
  id: z.string(),
  writerPid: z.int(),
  heartbeatAt: z.int(),
  description: z.string(),
});
const secondRowSchema = z.object({ t: z.int(), interval: z.string() });
const histogramRowSchema = z.object({ t: z.int(), metric: z.string(), name: z.string(), histogram: z.string() });

function phasesOf(histograms: ReadonlyMap<string, LatencyHistogram> | undefined): Map<RequestPhase, LatencyHistogram> {
  const phases = new Map<RequestPhase, LatencyHistogram>();
  for (const phase of requestPhases) {
    const histogram = histograms?.get(phase);
    if (histogram) phases.set(phase, histogram);
  }
  return phases;
}

/** A run that has begun and has no document. */
export interface UnfinishedRun {
  description: RunDescription;
  writerPid: number;
  /** When its writer last wrote, in ms since 1970. */
  heartbeatAt: number;
}

/** What a query of the list may ask for. */
export interface RunQuery {
  limit: number;
  scenarioId?: string | undefined;
  target?: string | undefined;
}

function prepareStatements(database: Database.Database) {
  return {
    begin: database.prepare(
      `INSERT INTO runs (id, startedAt, writerPid, heartbeatAt, description, scenarioId, scenarioName, target)
       VALUES (@id, @startedAt, @writerPid, @heartbeatAt, @description, @scenarioId, @scenarioName, @target)`,
    ),
    heartbeat: database.prepare('UPDATE runs SET heartbeatAt = @heartbeatAt WHERE id = @id'),
    second: database.prepare('INSERT INTO seconds (runId, t, interval) VALUES (@runId, @t, @interval)'),
    histogram: database.prepare(
      'INSERT INTO histograms (runId, t, metric, name, histogram) VALUES (@runId, @t, @metric, @name, @histogram)',
    ),
    finish: database.prepare(
      'UPDATE runs SET verdict = @verdict, target = @target, document = @document, rate = @rate, p95Ms = @p95Ms, p99Ms = @p99Ms WHERE id = @id',
    ),
    delete: database.prepare('DELETE FROM runs WHERE id = @id'),
    list: database.prepare(
      `SELECT id, startedAt, verdict, scenarioId, scenarioName, target, rate, p95Ms, p99Ms FROM runs
       WHERE (@scenarioId IS NULL OR scenarioId = @scenarioId) AND (@target IS NULL OR target = @target)
       ORDER BY startedAt DESC, id DESC LIMIT @limit`,
    ),
    document: database.prepare('SELECT document FROM runs WHERE id = @id').pluck(),
    unfinished: database.prepare('SELECT id, writerPid, heartbeatAt, description FROM runs WHERE verdict IS NULL'),
    seconds: database.prepare('SELECT t, interval FROM seconds WHERE runId = @id ORDER BY t'),
    histograms: database.prepare('SELECT t, metric, name, histogram FROM histograms WHERE runId = @id'),
  };
}

/** The runs of this data folder. Several processes may have it open; each write is one transaction. */
export class HistoryStore implements RunArchive {
  readonly #database: Database.Database;
  readonly #statements: ReturnType<typeof prepareStatements>;

  /** `database` is open and migrated (openHistory.ts); the store closes it. */
  constructor(database: Database.Database) {
    this.#database = database;
    this.#statements = prepareStatements(database);
  }

  begin(run: RunDescription): void {
    this.#write(() =>
      this.#statements.begin.run({
        id: run.id,
        startedAt: run.startedAt,
        writerPid: process.pid,
        heartbeatAt: Date.now(),
        description: JSON.stringify(run),
        scenarioId: run.scenario.id,
        scenarioName: run.scenario.name,
        target: targetLabel(run.target),
      }),
    );
  }

  append(runId: string, second: RecordedSecond): void {
    const { interval, response, service, lateness, stages, phases, serverTiming } = second;
    const { t } = interval;
    const keep = (metric: string, name: string, histogram: LatencyHistogram): void => {
      if (histogram.count > 0)
        this.#statements.histogram.run({ runId, t, metric, name, histogram: encodeHdr(histogram) });
    };
    this.#write(() => {
      this.#statements.heartbeat.run({ id: runId, heartbeatAt: Date.now() });
      this.#statements.second.run({ runId, t, interval: JSON.stringify(interval) });
      for (const [operation, histogram] of response) keep('response', operation, histogram);
      for (const [stage, histogram] of stages) keep('stage', stage, histogram);
      for (const [phase, histogram] of phases) keep('phase', phase, histogram);
      for (const [part, histogram] of serverTiming) keep('serverTiming', part, histogram);
      keep('service', '', service);
      keep('lateness', '', lateness);
    });
  }

  finish(document: RunDocument): void {
    const { id, verdict, metrics } = document;
    const { count, p95, p99 } = metrics.http_req_duration;
    const target = targetLabel(document.target, document.backend);
    const summary = { rate: metrics.http_reqs.rate, p95Ms: count > 0 ? p95 : null, p99Ms: count > 0 ? p99 : null };
    this.#write(() =>
      this.#statements.finish.run({ id, verdict, target, document: JSON.stringify(document), ...summary }),
    );
  }

  discard(runId: string): void {
    this.#write(() => this.#statements.delete.run({ id: runId }));
  }

  /** Summaries, newest first. */
  list({ limit, scenarioId, target }: RunQuery): RunSummary[] {
    const rows = this.#statements.list.all({ limit, scenarioId: scenarioId ?? null, target: target ?? null });
    return z.array(runSummarySchema).parse(rows);
  }

  /** The document of a finished run. Throws `run-not-found`, `history-unreadable`. */
  document(id: string): RunDocument {
    const text = z.string().nullish().parse(this.#statements.document.get({ id }));
    if (text === undefined) {
      throw new ProofloadError(
        'run-not-found',
        `there is no run ${id}`,
        'proofload history list shows the runs that are saved',
      );
    }
    if (text === null) {
      throw new ProofloadError(
        'run-not-found',
        `run ${id} has not ended yet`,
        'wait for its end, or stop it where it runs',
      );
    }
    const parsed = runDocumentSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    throw new ProofloadError(
      'history-unreadable',
      `run ${id} is damaged: ${parsed.error.message}`,
      'open another run; this one stays as it is',
    );
  }

  /** Runs that nobody has finished: in progress somewhere, or left behind by a crash. */
  unfinished(): UnfinishedRun[] {
    return z
      .array(unfinishedRowSchema)
      .parse(this.#statements.unfinished.all())
      .map(({ writerPid, heartbeatAt, description }) => ({
        writerPid,
        heartbeatAt,
        description: runDescriptionSchema.parse(JSON.parse(description)),
      }));
  }

  /** All that was kept of a run's seconds, in their order. */
  seconds(runId: string): RecordedSecond[] {
    const histograms = z.array(histogramRowSchema).parse(this.#statements.histograms.all({ id: runId }));
    const rows = z.array(secondRowSchema).parse(this.#statements.seconds.all({ id: runId }));
    return rows.map(({ t, interval }) => {
      const byMetric = new Map<string, Map<string, LatencyHistogram>>();
      for (const row of histograms) {
        if (row.t !== t) continue;
        const named = byMetric.get(row.metric) ?? new Map<string, LatencyHistogram>();
        byMetric.set(row.metric, named);
        named.set(row.name, decodeHdr(row.histogram));
      }
      return {
        interval: runIntervalSchema.parse(JSON.parse(interval)),
        response: byMetric.get('response') ?? new Map(),
        stages: byMetric.get('stage') ?? new Map(),
        phases: phasesOf(byMetric.get('phase')),
        serverTiming: byMetric.get('serverTiming') ?? new Map(),
        parts: new Map(),
        service: histogramOf(byMetric.get('service') ?? new Map(), ''),
        lateness: histogramOf(byMetric.get('lateness') ?? new Map(), ''),
      };
    });
  }

  close(): void {
    this.#database.close();
  }

  #write(work: () => void): void {
    try {
      this.#database.transaction(work).immediate();
    } catch (error) {
      throw new ProofloadError(
        'history-write-failed',
        `the history cannot be written: ${errorMessage(error)}`,
        'free space on the disk of the data folder or choose another with --data-dir; runs that are saved stay as they are',
        { cause: error },
      );
    }
  }
}
