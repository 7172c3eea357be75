import { z } from 'zod';
import {
  type DocumentImporter,
  type FileImporter,
  failures,
  type ImportedFigures,
  percentiles,
  startedAtOf,
  withoutRequests,
  withUnknowns,
} from './importer';
import { countCell, parseTimeMs } from './numbers';
import { headerOf, readRuns } from './readRows';
import { dividedNote, RunsByPause } from './runsByPause';
import { SampleCounters } from './sampleCounters';

/*
 * Vegeta 12: the report of `vegeta report -type=json` (lib/metrics.go), and the hits of `vegeta encode` as NDJSON or
 * CSV (lib/results.go). All durations are whole nanoseconds. A latency includes connecting.
 */

const latencyDefinition = {
  starts: 'request',
  ends: 'last-byte',
  resolution: '1 ns',
  includesFailures: false,
} as const;

const ns = z.number().nonnegative();
const reportSchema = z.object({
  latencies: z.object({
    mean: ns,
    '50th': ns,
    '90th': ns.optional(),
    '95th': ns,
    '99th': ns,
    max: ns,
    min: ns.optional(),
  }),
  earliest: z.iso.datetime({ offset: true }),
  duration: ns,
  wait: ns,
  requests: z.int().nonnegative(),
  rate: z.number().nonnegative(),
  success: z.number().min(0).max(1),
  status_codes: z.record(z.string(), z.int().nonnegative()).nullish(),
});

const perMs = 1e6;
const maxAttacks = 100;

/** Requests without a response have the code 0. */
function failedIn(codes: Readonly<Record<string, number>>): number {
  const failed = Object.entries(codes).filter(([code]) => !isAnswered(Number(code), ''));
  return failed.reduce((sum, [, count]) => sum + count, 0);
}

export const vegetaReport: DocumentImporter = {
  accepts: (value) => 'latencies' in value && 'bytes_in' in value && 'success' in value,
  read: (value) => {
    const { latencies, earliest, duration, wait, requests, rate, success, status_codes } = reportSchema.parse(value);
    const ms = (durationNs: number | undefined): number | null =>
      durationNs === undefined ? null : durationNs / perMs;
    const failed = status_codes ? failedIn(status_codes) : Math.round((1 - success) * requests);
    const ranks = { 50: latencies['50th'], 90: latencies['90th'], 95: latencies['95th'], 99: latencies['99th'] };
    const figures: ImportedFigures = {
      tool: 'vegeta',
      toolVersion: null,
      subject: null,
      startedAt: startedAtOf(Date.parse(earliest)),
      durationMs: (duration + wait) / perMs,
      latency: { ...latencyDefinition, includesFailures: failed > 0 },
      metrics: {
        http_req_duration: {
          count: requests,
          min: ms(latencies.min),
          mean: ms(latencies.mean),
          max: ms(latencies.max),
          percentiles: percentiles(
            Object.fromEntries(Object.entries(ranks).map(([rank, durationNs]) => [rank, ms(durationNs)])),
          ),
        },
        http_reqs: { count: requests, rate },
        http_req_failed: failures(failed, requests),
        by_operation: {},
      },
      thresholds: [],
      intervals: [],
      histogram: null,
      notes: ['A report has percentiles and no distribution; vegeta encode gives every request.'],
    };
    return [figures];
  },
};

/** A request of an attack. */
interface Hit {
  attack: string;
  seq: number;
  code: number;
  startedMs: number;
  latencyMs: number;
  error: string;
  method: string;
}

/** The attacks in a file by their `vegeta attack -name`; there may be several. */
export class Attacks {
  readonly #byName = new Map<string, Attack>();

  /**
   * Adds a request. Throws a RangeError for impossible values, and `UnreadableForm` for a file that cannot be read
   * correctly.
   */
  add({ attack, seq, code, startedMs, latencyMs, error, method }: Hit): void {
    let found = this.#byName.get(attack);
    if (!found) {
      if (this.#byName.size >= maxAttacks) throw new RangeError(`it has more than ${maxAttacks} attacks`);
      found = new Attack();
      this.#byName.set(attack, found);
    }
    const endedMs = startedMs + latencyMs;
    found
      .at(seq, startedMs, endedMs)
      .add({ endedMs, latencyMs, ok: isAnswered(code, error), operation: method || undefined });
  }

  /** Returns a result per attack. Throws `UnreadableForm` when there was no request. */
  figures(): ImportedFigures[] {
    if (this.#byName.size === 0) throw withoutRequests();
    return [...this.#byName].flatMap(([name, attack]) => attack.figures(name));
  }
}

/** The requests with one name: of one attack, or of several that were appended to one another. */
class Attack {
  readonly #runs = new RunsByPause<SampleCounters>((before) => new SampleCounters({ before }));
  #begun = 0;
  #run: SampleCounters | undefined;
  #greatestSeq = 0;

  /**
   * Returns the counters for a request. If the numbers start again after all earlier requests have ended, it belongs to
   * another attack.
   */
  at(seq: number, startMs: number, endedMs: number): SampleCounters {
    if (seq === 0) this.#begun += 1;
    const isRestart = seq < this.#greatestSeq;
    const run = this.#runs.at(startMs, endedMs, isRestart ? 0 : undefined);
    this.#greatestSeq = run === this.#run ? Math.max(this.#greatestSeq, seq) : seq;
    this.#run = run;
    return run;
  }

  figures(name: string): ImportedFigures[] {
    const { runs, pauseMs } = this.#runs.runs();
    const said: string[] = [];
    if (pauseMs !== null) said.push(dividedNote(pauseMs));
    else if (this.#begun > 1)
      said.push(
        `The file has ${this.#begun} attacks without names of their own: they are one result, as in vegeta report.`,
      );
    return runs.map((book) => {
      const figures = book.figures();
      return withUnknowns({
        tool: 'vegeta',
        subject: name.slice(0, 2_000) || null,
        latency: latencyDefinition,
        ...figures,
        notes: [...said, ...figures.notes],
      });
    });
  }
}

function isAnswered(code: number, error: string): boolean {
  return error === '' && code >= 200 && code < 400;
}

const hitSchema = z.object({
  attack: z.string().default(''),
  seq: z.int().nonnegative().default(0),
  code: z.int(),
  timestamp: z.iso.datetime({ offset: true }),
  latency: ns,
  error: z.string().default(''),
  method: z.string().default(''),
});

/** Reads the NDJSON of `vegeta encode`. */
export const vegetaJson: FileImporter = {
  accepts: (head) => /^\{"attack":/.test(head) && head.includes('"latency":'),
  read: async (file) => {
    const attacks = new Attacks();
    for await (const line of file.lines()) {
      if (line === '') continue;
      const { timestamp, latency, ...hit } = hitSchema.parse(JSON.parse(line));
      attacks.add({ ...hit, startedMs: parseTimeMs(timestamp), latencyMs: latency / perMs });
    }
    return attacks.figures();
  },
};

const columns = [
  'timestamp',
  'code',
  'latency',
  'bytesOut',
  'bytesIn',
  'error',
  'body',
  'attack',
  'seq',
  'method',
  'url',
  'headers',
];
const rowSchema = z.looseObject({
  timestamp: z.string().regex(/^\d{19}$/),
  code: countCell,
  latency: countCell,
  error: z.string(),
  attack: z.string().default(''),
  seq: countCell.default(0),
  method: z.string().default(''),
});

/** Reads the CSV of `vegeta encode --to csv`, which has no header. */
export const vegetaCsv: FileImporter = {
  accepts: (head) => /^\d{19}([,;\t])\d{1,3}\1\d+\1\d+\1\d+\1/.test(head),
  read: async (file) => {
    const { delimiter } = headerOf(file.head);
    const [attacks] = await readRuns(
      file,
      { delimiter, columns },
      () => new Attacks(),
      (run, row) => {
        const { timestamp, latency, ...hit } = rowSchema.parse(row);
        run.add({ ...hit, startedMs: Number(timestamp) / perMs, latencyMs: latency / perMs });
      },
    );
    return attacks?.figures() ?? [];
  },
};
