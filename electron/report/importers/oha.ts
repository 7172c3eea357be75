import { setImmediate } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { openDatabase } from '../../sqlite/openDatabase';
import {
  type DocumentImporter,
  type FileImporter,
  failures,
  type ImportedFigures,
  percentiles,
  startedAtOf,
  withoutRequests,
} from './importer';
import { type ImportFile, importFailed } from './importFile';
import { SampleCounters } from './sampleCounters';
import { deadline, deadlineNote } from './text/summaryText';

/*
 * The results of oha 1.15, in fractions of seconds: with `--output-format json` (src/printer.rs), and the SQLite table
 * that `--db-url` fills with a row per response (src/db.rs).
 */

const seconds = z.number().nonnegative().nullish();
const counts = z.record(z.string(), z.int().nonnegative());
const ranksSchema = z.record(z.string(), seconds);

const resultSchema = z.object({
  summary: z.object({
    total: z.number().nonnegative(),
    slowest: seconds,
    fastest: seconds,
    average: seconds,
    requestsPerSec: z.number().nonnegative(),
  }),
  latencyPercentiles: ranksSchema,
  latencyPercentilesSuccessful: ranksSchema.nullish(),
  statusCodeDistribution: counts,
  errorDistribution: counts.default({}),
});

function sumOf(values: Readonly<Record<string, number>>, isWanted: (name: string) => boolean = () => true): number {
  return Object.entries(values).reduce((sum, [name, count]) => (isWanted(name) ? sum + count : sum), 0);
}

function ms(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : value * 1_000;
}

export const ohaJson: DocumentImporter = {
  accepts: (value) => 'summary' in value && 'latencyPercentiles' in value && 'statusCodeDistribution' in value,
  read: (value) => {
    const { summary, latencyPercentiles, latencyPercentilesSuccessful, statusCodeDistribution, errorDistribution } =
      resultSchema.parse(value);
    const answers = sumOf(statusCodeDistribution);
    const failedAnswers = sumOf(statusCodeDistribution, (status) => !/^[23]/.test(status));
    // oha leaves requests that it aborted at the deadline out of its success rate.
    const cut = errorDistribution[deadline] ?? 0;
    const errors = sumOf(errorDistribution) - cut;
    const isSplit = failedAnswers > 0 && Boolean(latencyPercentilesSuccessful);
    const includesFailures = failedAnswers > 0 && !latencyPercentilesSuccessful;
    const ranks = Object.entries(latencyPercentilesSuccessful ?? latencyPercentiles).map(
      ([name, value]) => [name.replace(/^p/, ''), ms(value)] as const,
    );
    const notes = [
      'oha does not say whether its latency is corrected (--latency-correction): then it would start when the schedule wanted the request sent.',
    ];
    if (includesFailures) notes.push('The percentiles include responses that were neither 2xx nor 3xx.');
    if (isSplit)
      notes.push(
        'Minimum, mean and maximum latency are known only with failed responses included, so they are left out.',
      );
    if (cut > 0) notes.push(deadlineNote(cut));
    const total = answers + errors;
    const rate = cut > 0 && summary.total > 0 ? total / summary.total : summary.requestsPerSec;
    const figures: ImportedFigures = {
      tool: 'oha',
      toolVersion: null,
      subject: null,
      startedAt: null,
      durationMs: summary.total * 1_000,
      latency: { starts: 'request', ends: 'last-byte', resolution: '1 ns', includesFailures },
      metrics: {
        http_req_duration: {
          count: includesFailures ? answers : answers - failedAnswers,
          min: isSplit ? null : ms(summary.fastest),
          mean: isSplit ? null : ms(summary.average),
          max: isSplit ? null : ms(summary.slowest),
          percentiles: percentiles(Object.fromEntries(ranks)),
        },
        http_reqs: { count: total, rate },
        http_req_failed: failures(failedAnswers + errors, total),
        by_operation: {},
      },
      thresholds: [],
      intervals: [],
      histogram: null,
      notes,
    };
    return [figures];
  },
};

/** Times are relative to the start of a run; `run` is the second of that start, since 1970. */
const rowSchema = z.object({
  url: z.string(),
  end: z.number().nonnegative(),
  duration: z.number().nonnegative(),
  status: z.int(),
  isCorrected: z.int(),
  run: z.int(),
});

/** oha appends another run when the file is used again. */
const maxRuns = 100;
/** The number of rows after which other work gets a turn. */
const rowsATurn = 5_000;

interface Recorded {
  book: SampleCounters;
  urls: Set<string>;
  isCorrected: boolean;
}

/** Accepts plain tables only: a view or virtual table in an untrusted file can run without limits. */
function requireTable(database: Database.Database, file: ImportFile): void {
  const isPlain =
    database
      .prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'oha' AND rootpage > 0")
      .pluck()
      .get() === 1 &&
    database.prepare("SELECT count(*) FROM pragma_table_xinfo('oha') WHERE hidden <> 0").pluck().get() === 0;
  if (!isPlain)
    throw importFailed(
      `${file.name} is a SQLite database, but not one that oha has written`,
      'choose the file of --db-url',
    );
}

function figuresOf(run: number, { book, urls, isCorrected }: Recorded): ImportedFigures {
  const startedMs = run * 1_000;
  const [url, ...others] = urls;
  const figures = book.figures();
  return {
    tool: 'oha',
    toolVersion: null,
    subject: others.length === 0 ? (url ?? null) : null,
    latency: {
      starts: isCorrected ? 'intended' : 'request',
      ends: 'last-byte',
      resolution: '1 ns',
      includesFailures: false,
    },
    thresholds: [],
    ...figures,
    startedAt: startedAtOf(startedMs),
    notes: [
      'The database of oha has no requests without a response, and the start is known only to the second.',
      ...figures.notes,
    ],
  };
}

export const ohaDatabase: FileImporter = {
  accepts: (head) => head.startsWith('SQLite format 3\0'),
  read: async (file) => {
    const database = openDatabase(file.path, { readonly: true });
    try {
      database.pragma('trusted_schema = OFF');
      requireTable(database, file);
      const total = Number(database.prepare('SELECT count(*) FROM oha').pluck().get());
      const rows = database
        .prepare('SELECT url, end, duration, status, start_latency_correction IS NOT NULL AS isCorrected, run FROM oha')
        .iterate();
      const runs = new Map<number, Recorded>();
      let read = 0;
      for (const row of rows) {
        const { url, end, duration, status, isCorrected, run } = rowSchema.parse(row);
        const recorded = runs.get(run) ?? {
          book: new SampleCounters({ startMs: 0 }),
          urls: new Set(),
          isCorrected: isCorrected === 1,
        };
        runs.set(run, recorded);
        if (runs.size > maxRuns)
          throw importFailed(
            `${file.name} has more than ${maxRuns} runs`,
            'have oha write each run to a file of its own',
          );
        const operation = url.slice(0, 200);
        if (recorded.urls.size < 2) recorded.urls.add(operation);
        recorded.book.add({
          endedMs: end * 1_000,
          latencyMs: duration * 1_000,
          ok: status >= 200 && status < 400,
          operation,
        });
        read += 1;
        if (read % rowsATurn > 0) continue;
        file.note(read / total);
        await setImmediate();
      }
      if (runs.size === 0) throw withoutRequests();
      return [...runs].map(([run, recorded]) => figuresOf(run, recorded));
    } finally {
      database.close();
    }
  },
};
