import { z } from 'zod';
import type { ImportedLatency } from '../../../shared/interchange/importedResult';
import {
  durationAtRate,
  type FileImporter,
  failures,
  type ImportedFigures,
  percentiles,
  withUnknowns,
} from './importer';
import { locustLatency, locustNotes } from './locust';
import { countCell, parseDecimal } from './numbers';
import { headerOf, readRuns } from './readRows';
import type { Row } from './rows';

/*
 * `*_stats.csv` of Locust 0.9 to 2 (locust/stats.py): one entry per row, the last for all together. Before version 1
 * the file was `*_requests.csv`, with other names and only the median.
 */

/** An empty cell, or `N/A` in an entry without requests, is unknown. */
export const locustCell = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' || text.trim() === 'N/A' ? null : parseDecimal(text)))
  .refine((value) => value === null || (Number.isFinite(value) && value >= 0), 'is not a number');

const rowSchema = z.looseObject({
  Type: z.string(),
  Name: z.string(),
  'Request Count': countCell,
  'Failure Count': countCell,
  'Median Response Time': locustCell,
  'Average Response Time': locustCell,
  'Min Response Time': locustCell,
  'Max Response Time': locustCell,
  'Requests/s': locustCell,
});
type Entry = z.infer<typeof rowSchema>;

/** The current names of columns that versions before 1 named differently. */
const newNames: Readonly<Record<string, string>> = {
  Method: 'Type',
  '# requests': 'Request Count',
  '# failures': 'Failure Count',
  'Median response time': 'Median Response Time',
  'Average response time': 'Average Response Time',
  'Min response time': 'Min Response Time',
  'Max response time': 'Max Response Time',
};

function entryOf(row: Row): Entry {
  return rowSchema.parse(
    Object.fromEntries(Object.entries(row).map(([name, value]) => [newNames[name] ?? name, value])),
  );
}

/** Returns the percentiles of a row, from columns such as `99.9%`, without the maximum. */
export function locustPercentiles(
  row: Readonly<Record<string, unknown>>,
  median: number | null,
): ImportedLatency['percentiles'] {
  const ranks = Object.entries(row).flatMap(([name, text]) => {
    const [, rank] = /^(\d{1,2}(?:\.\d{1,5})?)%$/.exec(name) ?? [];
    return rank === undefined ? [] : [[String(Number(rank)), locustCell.parse(text)] as const];
  });
  return percentiles({ 50: median, ...Object.fromEntries(ranks) });
}

/** Without requests Locust writes zeros, which are not latencies. */
function latencyOf(entry: Entry): ImportedLatency {
  const count = entry['Request Count'];
  if (count === 0) return { count, min: null, mean: null, max: null, percentiles: {} };
  return {
    count,
    min: entry['Min Response Time'],
    mean: entry['Average Response Time'],
    max: entry['Max Response Time'],
    percentiles: locustPercentiles(entry, entry['Median Response Time']),
  };
}

function figuresOf(entries: readonly Entry[]): ImportedFigures {
  const isTotal = ({ Name }: Entry): boolean => Name === 'Aggregated' || Name === 'Total';
  const total = entries.find(isTotal);
  if (!total) throw new TypeError('the row "Aggregated" is missing');
  const requests = total['Request Count'];
  const failed = total['Failure Count'];
  const rate = total['Requests/s'];
  const operations = entries.filter((entry) => !isTotal(entry)).slice(0, 1_000);
  return withUnknowns({
    tool: 'locust',
    durationMs: durationAtRate(requests, rate),
    latency: locustLatency(failed),
    metrics: {
      http_req_duration: latencyOf(total),
      http_reqs: { count: requests, rate },
      http_req_failed: failures(failed, requests),
      by_operation: Object.fromEntries(
        operations.map((entry) => [`${entry.Type} ${entry.Name}`.trim().slice(0, 200), latencyOf(entry)]),
      ),
    },
    notes: [...locustNotes(failed), 'The file does not say when the run started.'],
  });
}

export const locustCsv: FileImporter = {
  accepts: (head) => /^(Type,Name,Request Count|Method,Name,# requests)$/.test(headerOf(head).names.slice(0, 3).join()),
  read: async (file) => {
    const runs = await readRuns<Entry[]>(
      file,
      headerOf(file.head),
      () => [],
      (entries, row) => {
        if (entries.push(entryOf(row)) > 100_000) throw new RangeError('more entries than Proofload reads');
      },
    );
    return runs.map(figuresOf);
  },
};
