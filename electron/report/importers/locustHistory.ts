import { z } from 'zod';
import type { ImportedInterval } from '../../../shared/interchange/importedResult';
import { type FileImporter, failures, type ImportedFigures, startedAtOf, withUnknowns } from './importer';
import { locustLatency, locustNotes } from './locust';
import { locustCell, locustPercentiles } from './locustCsv';
import { countCell } from './numbers';
import { headerOf, readRuns } from './readRows';
import type { Row } from './rows';

/*
 * `*_stats_history.csv` of Locust 1 and 2 (locust/stats.py): about a row per second, with counts since the start. The
 * percentiles of the row for all entries are cumulative as well, except with `--csv-full-history`, which writes a row
 * per entry with percentiles of the last ten seconds.
 */

const rowSchema = z.looseObject({
  Timestamp: countCell,
  Type: z.string(),
  Name: z.string(),
  'Total Request Count': countCell,
  'Total Failure Count': countCell,
  'Total Median Response Time': locustCell,
  'Total Average Response Time': locustCell,
  'Total Min Response Time': locustCell,
  'Total Max Response Time': locustCell,
});
type HistoryRow = z.infer<typeof rowSchema>;

/** The maximum number of stretches. */
const maxStretches = 300;

/**
 * The rows for all entries of one run. When there are many, every other row is dropped, which doubles the length of a
 * stretch.
 */
class History {
  #rows: HistoryRow[] = [];
  #last: HistoryRow | undefined;
  #every = 1;
  #seen = 0;
  hasEntries = false;

  add(row: Row): void {
    const parsed = rowSchema.parse(row);
    if (parsed.Name !== 'Aggregated' && parsed.Name !== 'Total') {
      this.hasEntries = true;
      return;
    }
    if (this.#last && parsed['Total Request Count'] < this.#last['Total Request Count'])
      throw new RangeError('the counts start again in the middle: have Locust write each run to a file of its own');
    this.#last = parsed;
    if (this.#seen % this.#every === 0) this.#rows.push(parsed);
    this.#seen += 1;
    if (this.#rows.length <= maxStretches) return;
    this.#rows = this.#rows.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
  }

  figures(): ImportedFigures {
    const last = this.#last;
    const [first] = this.#rows;
    if (!last || !first) throw new TypeError('the rows "Aggregated" are missing');
    const requests = last['Total Request Count'];
    const failed = last['Total Failure Count'];
    const median = last['Total Median Response Time'];
    const notes = [
      ...locustNotes(failed),
      'Times in the file are whole seconds: the start is known to the second, and duration and rate are unknown. Import the _stats.csv beside it for the rate.',
    ];
    if (this.hasEntries)
      notes.push(
        'The percentiles in the file are those of the last ten seconds: for the whole run, only the median is known.',
      );
    return withUnknowns({
      tool: 'locust',
      startedAt: startedAtOf(first.Timestamp * 1_000),
      latency: locustLatency(failed),
      metrics: {
        http_req_duration: {
          count: requests,
          ...(requests === 0
            ? { min: null, mean: null, max: null, percentiles: {} }
            : {
                min: last['Total Min Response Time'],
                mean: last['Total Average Response Time'],
                max: last['Total Max Response Time'],
                percentiles: locustPercentiles(this.hasEntries ? {} : last, median),
              }),
        },
        http_reqs: { count: requests, rate: null },
        http_req_failed: failures(failed, requests),
        by_operation: {},
      },
      intervals: this.#intervals(first, last),
      notes,
    });
  }

  #intervals(first: HistoryRow, last: HistoryRow): ImportedInterval[] {
    const rows = this.#rows.at(-1) === last ? this.#rows : [...this.#rows, last];
    const intervals: ImportedInterval[] = [];
    let before = first;
    for (const row of rows) {
      const lengthS = row.Timestamp - before.Timestamp;
      // Several rows in one second belong to the next stretch.
      if (lengthS <= 0) continue;
      intervals.push({
        t: row.Timestamp - first.Timestamp,
        lengthS,
        count: row['Total Request Count'] - before['Total Request Count'],
        failed: Math.max(0, row['Total Failure Count'] - before['Total Failure Count']),
        p50: null,
        p95: null,
        p99: null,
        max: null,
      });
      before = row;
    }
    return intervals;
  }
}

export const locustHistory: FileImporter = {
  accepts: (head) => {
    const { names } = headerOf(head);
    return ['Timestamp', 'Type', 'Name', 'Total Request Count'].every((name) => names.includes(name));
  },
  read: async (file) => {
    const runs = await readRuns(
      file,
      headerOf(file.head),
      () => new History(),
      (history, row) => history.add(row),
    );
    return runs.map((history) => history.figures());
  },
};
